-- Every event is put into each index of its table: `event_actor` stands for both (decision 0029).
drop index event_person;
drop index event_post;
