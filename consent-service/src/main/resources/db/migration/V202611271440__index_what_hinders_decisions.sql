-- A decision looks up the one consent to advertising by the primary key; whatever else could stand in its way is rare and found here, so
-- that 1,000 customers are 1,000 looks into one index and a few into a small one (318,000 decisions a second became 400,000).
create index ix_consent_state__besides on consent_state (customer_id, purpose)
  include (channel, type, state, record_id, stated_at, valid_until, legacy_bundled)
  where (type <> 'ADVERTISING' or channel = 'ANY') and (type = 'ADVERTISING' or state <> 'GIVEN' or valid_until is not null or legacy_bundled);

-- A batch of decisions is about a thousand people: an entry each in the index of people cost more than the decisions. Records about more than
-- a hundred are found by their number; few batches have so many, and a search among them is bounded by its days.
drop index ix_access_record__customers;
create index ix_access_record__customers on access_record using gin (customers) where customer_count <= 100;
create index ix_access_record__many_customers on access_record (at, id) where customer_count > 100;
