-- Who must not be written to whatever they consented to, and which channels must not be used (requirements r12, r13, r15, r17, r20, r28).

create table contact_stop (
  id           uuid        not null,
  customer_id  uuid,
  -- Keyed hash of the address or number: all that is kept of it (IdentifierHash).
  address_hash bytea,
  channel      text        not null,
  reason       text        not null,
  source       text        not null,
  reference    text,
  added_at     timestamptz not null,
  added_by     text        not null,
  lifted_at    timestamptz,
  lifted_by    text,
  constraint pk_contact_stop primary key (id),
  constraint ck_contact_stop__target check (customer_id is not null or address_hash is not null),
  constraint ck_contact_stop__lifted check ((lifted_at is null) = (lifted_by is null)),
  constraint ck_contact_stop__reason check (reason in ('SUBJECT_DEMAND', 'COMPLAINT', 'OPERATOR_REFUSAL', 'NUMBER_REISSUED',
    'BLOCKED', 'DESTROYED'))
);

-- Every decision looks here, and most people are not on the list: two small indexes that stay in memory.
create index ix_contact_stop__customer_id on contact_stop (customer_id) include (channel, reason, added_at)
  where customer_id is not null and lifted_at is null;
create index ix_contact_stop__address_hash on contact_stop (address_hash) include (channel, reason, added_at)
  where address_hash is not null and lifted_at is null;

-- What may go over a channel from a day on. The latest row of a scope counts; a channel without one is permitted.
create table channel_rule (
  channel        text        not null,
  scope          text        not null,
  effective_from timestamptz not null,
  added_at       timestamptz not null,
  verdict        text        not null,
  basis          text        not null,
  added_by       text        not null,
  constraint pk_channel_rule primary key (channel, scope, effective_from, added_at),
  constraint ck_channel_rule__scope check (scope in ('ADVERTISING', 'ALL')),
  constraint ck_channel_rule__verdict check (verdict in ('PERMITTED', 'WARNED', 'FORBIDDEN'))
);

create trigger tr_channel_rule__append_only
  before update or delete or truncate on channel_rule
  for each statement execute function refuse_change();

insert into channel_rule (channel, scope, effective_from, added_at, verdict, basis, added_by)
values
  ('TELEGRAM', 'ADVERTISING', '2025-09-01T00:00:00+03', now(), 'WARNED',
   '38-FZ art. 5 p. 10.7: access is restricted; FAS of 25.03.2026: no liability until the end of 2026', 'snowball'),
  ('TELEGRAM', 'ADVERTISING', '2027-01-01T00:00:00+03', now(), 'FORBIDDEN',
   '38-FZ art. 5 p. 10.7: access is restricted, and the grace of FAS has ended', 'snowball'),
  ('WHATSAPP', 'ADVERTISING', '2025-09-01T00:00:00+03', now(), 'FORBIDDEN',
   '38-FZ art. 5 p. 10.7: access is restricted', 'snowball'),
  ('VIBER', 'ADVERTISING', '2025-09-01T00:00:00+03', now(), 'FORBIDDEN',
   '38-FZ art. 5 p. 10.7: access is restricted', 'snowball'),
  ('MAX', 'ALL', '2025-12-16T00:00:00+03', now(), 'FORBIDDEN',
   'Rule 1.5 of the platform: not without a contract that provides for it. Add a rule when you have one', 'snowball');
