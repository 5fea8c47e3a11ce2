-- Where an order was sold and how it was paid, and how much of it came back. The status is what the shop says; the state is what
-- is true once returns are counted.
alter table orders
  add column shop text,
  add column payment_method text,
  add column returned bigint not null default 0,
  add column state text generated always as (
    case when status in ('CREATED', 'PAID') and returned > 0
      then case when returned < amount then 'PARTLY_RETURNED' else 'RETURNED' end
      else status end) virtual,
  add constraint ck_orders__returned check (returned >= 0);
