-- What waits lies in parcels: one row for a few hundred messages, so that planning and claiming them are one row too, and each
-- message is written once, when it is over. Measured for 100,000 messages: see docs/adr/019.
create table parcel (
  id                bigint      not null generated always as identity,
  campaign_id       uuid        not null,
  due_at            timestamptz not null,
  -- the dispatcher that has it
  lease             uuid,
  -- of each message, in the order of the customers
  message_ids       uuid[]      not null,
  customer_ids      uuid[]      not null,
  control           boolean[]   not null,
  first_customer_id uuid        not null generated always as (customer_ids[1]) stored,
  last_customer_id  uuid        not null generated always as (customer_ids[cardinality(customer_ids)]) stored,
  constraint pk_parcel primary key (id),
  constraint fk_parcel__campaign_id foreign key (campaign_id) references campaign (id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

-- Ids do not compress.
alter table parcel
  alter column message_ids set storage external,
  alter column customer_ids set storage external;

create index ix_parcel__campaign_id_due_at on parcel (campaign_id, due_at, id) where lease is null;
create index ix_parcel__lease on parcel (lease) where lease is not null;

-- The messages that are in parcels. One that is a row of message is that row, even where its dispatcher still has the parcel.
create view parcel_message as
select e.id, p.campaign_id, e.customer_id, e.control, p.due_at, p.lease
from parcel p
cross join lateral unnest(p.message_ids, p.customer_ids, p.control) as e (id, customer_id, control)
where p.lease is null or not exists (select from message m where m.id = e.id);

-- Makes rows of what waits for these customers, for whoever treats people and not campaigns: DUE, or CLAIMED where a dispatcher has it.
-- To be called first in the transaction; a parcel of theirs is locked, and so is a campaign that is still being planned, whose
-- planner would not see what is done to them.
create function unpack_messages(customers uuid[]) returns void language sql as $$
  select id from campaign
  where completed_at is null and planned_at is null and state in ('PLANNING', 'PAUSED')
  order by id
  for share;

  with theirs as (
    select p.* from parcel p
    where exists (select from unnest(customers) as c (id) where c.id between p.first_customer_id and p.last_customer_id)
      and p.customer_ids && customers
    order by p.id
    for update),
  unpacked as (
    insert into message (id, campaign_id, customer_id, control, state, due_at, lease)
    select e.id, p.campaign_id, e.customer_id, e.control, case when p.lease is null then 'DUE' else 'CLAIMED' end, p.due_at, p.lease
    from theirs p
    cross join lateral unnest(p.message_ids, p.customer_ids, p.control) as e (id, customer_id, control)
    where e.customer_id = any(customers)
    on conflict do nothing),
  rest as (
    select p.id, array_agg(e.id order by e.n) as message_ids, array_agg(e.customer_id order by e.n) as customer_ids,
      array_agg(e.control order by e.n) as control
    from theirs p
    cross join lateral unnest(p.message_ids, p.customer_ids, p.control) with ordinality as e (id, customer_id, control, n)
    where p.lease is null and e.customer_id <> all(customers)
    group by p.id),
  emptied as (
    delete from parcel p using theirs t
    where p.id = t.id and t.lease is null and not exists (select from rest r where r.id = t.id))
  update parcel p
  set message_ids = r.message_ids, customer_ids = r.customer_ids, control = r.control
  from rest r
  where p.id = r.id;
$$;

-- Makes rows of those of these messages that a dispatcher has at this moment. It finds them when it settles.
create function unpack_held_messages(messages uuid[]) returns void language sql as $$
  with held as (
    select p.* from parcel p
    where p.lease is not null and p.message_ids && messages
    order by p.id
    for update)
  insert into message (id, campaign_id, customer_id, control, state, due_at, lease)
  select e.id, p.campaign_id, e.customer_id, e.control, 'CLAIMED', p.due_at, p.lease
  from held p
  cross join lateral unnest(p.message_ids, p.customer_ids, p.control) as e (id, customer_id, control)
  where e.id = any(messages) and p.lease is not null
  on conflict do nothing;
$$;

-- A message comes out of a parcel, whose campaign is there: looking for it again took as long as one of the trees.
alter table message drop constraint fk_message__campaign_id;
-- A row is written once; room is for opens and clicks.
alter table message set (fillfactor = 85);
