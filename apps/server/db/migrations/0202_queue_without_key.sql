-- The queue is read whole four times a second, and mostly is empty: nobody looks anything up in it (decision 0029).
alter table event_pending drop constraint event_pending_pkey;
