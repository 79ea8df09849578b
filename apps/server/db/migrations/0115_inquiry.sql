-- The inspector's room: searches that a post keeps, and spot checks whose list is frozen before anybody knows what will decide the draw.

select create_state_table('saved_query', $$
  position_id uuid    generated always as ((state->>'positionId')::uuid) stored not null,
  shared      boolean generated always as ((state->>'shared')::boolean) stored not null,
  removed     boolean generated always as ((state->>'removed')::boolean) stored not null,
  foreign key (tenant_id, position_id) references position (tenant_id, id) deferrable initially deferred$$);

select create_state_table('sample', $$
  inspection_id uuid generated always as ((state->>'inspectionId')::uuid) stored not null,
  position_id   uuid generated always as ((state->>'positionId')::uuid) stored not null,
  foreign key (tenant_id, inspection_id) references inspection (tenant_id, id) deferrable initially deferred,
  foreign key (tenant_id, position_id) references position (tenant_id, id) deferrable initially deferred$$);
create index sample_post on sample (tenant_id, position_id, id);

-- The frozen list of a spot check, in the order in which its hash was made. The event that locked it holds the hash; fsck makes it again.
create table sample_member (
  tenant_id uuid    not null,
  sample_id uuid    not null,
  place     integer not null check (place >= 0),
  letter_id uuid    not null,
  primary key (tenant_id, sample_id, place),
  unique (tenant_id, sample_id, letter_id),
  foreign key (tenant_id, sample_id) references sample (tenant_id, id) deferrable initially deferred
);
create trigger sample_member_stays before update or delete on sample_member for each row execute function refuse_change();

do $$
declare t text;
begin
  foreach t in array array['saved_query', 'sample', 'sample_member'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_tenant on %I to lontar_app using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
  end loop;
  grant select, insert, update (revision, last_event, state) on saved_query, sample to lontar_app;
  grant select, insert on sample_member to lontar_app;
end $$;

-- Acts are searched by the post that did them and by their type, newest first; by person, letter and thing they already are.
create index event_post on event (tenant_id, position_id, event_id);
create index event_type on event (tenant_id, type, event_id);
