-- Before the act every service that keeps something of the person is asked what is left (requirement r27). These two are noted when
-- customer-service has destroyed, for the questions and for the act: which ids the person had over there, and how many rows went.
alter table destruction add column erased_ids uuid[] not null default '{}';
alter table destruction add column destroyed_rows text;
