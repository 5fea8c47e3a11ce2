-- What shops send names customers by their external id: each order, event and answer is looked up by it. This tree is a third of
-- uq_identity__kind_key_system, compares one column instead of three, and answers without a look at the table. An import of ten million
-- orders spent a seventh of its time there.
create index ix_identity__external_id on identity (key) include (customer_id) where kind = 'EXTERNAL_ID' and system = '';
