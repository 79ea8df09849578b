-- Every event is put into each index of its table, and every index that has a predicate prepares it anew for every event (decision 0029).

-- Who acted, and in which post: one index answers for the person, and for the post by the few who ever held it.
create index event_actor on event (tenant_id, person_id, position_id, event_id);
drop index event_person;
drop index event_post;

-- When an official last signed stands in what he issued, of which there is a hundredth as much; what failed, in the few events that say so.
create index issued_by on issued (tenant_id, (state->'signer'->>'personId'), (state->'signer'->>'at'));
drop index event_signing;

-- The queue is read whole four times a second, and mostly is empty: nobody looks anything up in it. Its table's own order is that of arrival.
alter table event_pending drop constraint event_pending_pkey;
