-- An import is applied by a job: what was asked for waits with its rows, and a refusal stays beside them until it is seen or asked again.
alter table organisation_import add column asked jsonb, add column fault jsonb;
grant update (asked, fault) on organisation_import to lontar_app;
