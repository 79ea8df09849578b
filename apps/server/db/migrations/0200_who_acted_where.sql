-- Who acted, and in which post: one index answers for the person, and for the post by whoever acted in it (decision 0029). It is built
-- while acts wait and readers do not; what it stands for goes in a migration of its own, so that no act that has read waits for it.
create index event_actor on event (tenant_id, person_id, position_id, event_id);
