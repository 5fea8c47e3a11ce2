-- Every change of a message's state writes to each of its trees, three times in its life: one tree less, and none for reports.

-- The customer first: the same tree also answers which messages a customer got.
alter table message add constraint uq_message__customer_id_campaign_id unique (customer_id, campaign_id);
alter table message drop constraint uq_message__campaign_id_customer_id;
drop index ix_message__customer_id;

-- For reports: a campaign's messages lie together, so a summary of page ranges finds them, and costs a change of state nothing.
create index ix_message__campaign_id on message using brin (campaign_id) with (pages_per_range = 16);
