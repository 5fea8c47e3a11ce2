-- The access log of all services (152-FZ art. 19 p. 2 n. 8, requirement r30): who did what with whose data, when, from where, why, and what
-- came of it. Ids only. A chain of hashes a service; rows leave by purge_access_record alone, when their three years are over.
create table access_record (
  source         text        not null,
  sequence       bigint      not null,
  id             uuid        not null,
  at             timestamptz not null,
  actor          text        not null,
  roles          text[]      not null,
  action         text        not null,
  operation      text        not null,
  object_id      text,
  customers      uuid[]      not null,
  customer_count bigint      not null,
  reason         text        not null,
  address        text,
  result         text        not null,
  searched       text,
  details        text,
  received_at    timestamptz not null,
  format         int         not null,
  previous_hash  bytea,
  hash           bytea       not null,
  constraint pk_access_record primary key (source, sequence),
  constraint uq_access_record__id unique (id),
  constraint ck_access_record__chain check ((sequence = 1) = (previous_hash is null))
);

create index ix_access_record__at on access_record (at, id);
create index ix_access_record__actor on access_record (actor, at, id);
-- By person: one entry an id of the array, and a batch of 1,000 addresses is one row.
create index ix_access_record__customers on access_record using gin (customers);

-- As refuse_change, but for the purge below. The setting opens nothing to the service's role, which has no right to delete.
create function refuse_change_of_log() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('snowball.purging', true) = 'access_record' then
    return null;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;

create trigger tr_access_record__append_only
  before update or delete or truncate on access_record
  for each statement execute function refuse_change_of_log();

-- The end of each chain: locking it puts the records of one service into one order.
create table access_chain (
  source   text   not null,
  sequence bigint not null,
  hash     bytea,
  constraint pk_access_chain primary key (source)
);

-- The end of a chain as it was at a moment, signed: whoever counts all hashes again is found by it.
create table access_seal (
  source    text        not null,
  sequence  bigint      not null,
  hash      bytea       not null,
  sealed_at timestamptz not null,
  signature text        not null,
  constraint pk_access_seal primary key (source, sequence)
);

create trigger tr_access_seal__append_only
  before update or delete or truncate on access_seal
  for each statement execute function refuse_change();

-- What left when its term was over (r31): the chain goes on after it.
create table retention_purge (
  id           uuid        not null,
  what         text        not null,
  source       text        not null,
  until        timestamptz not null,
  rows_removed bigint      not null,
  -- Of the access log: the last record that left.
  sequence     bigint,
  hash         bytea,
  purged_at    timestamptz not null,
  constraint pk_retention_purge primary key (id)
);

create trigger tr_retention_purge__append_only
  before update or delete or truncate on retention_purge
  for each statement execute function refuse_change();

-- The only way out of the log: what is older than the rule says, and never what is younger than a year, whatever the rule says. It runs
-- with the rights of the owner, since the service itself may delete nothing there.
create function purge_access_record(purge_id uuid, in_source text, until timestamptz, now_at timestamptz) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  last_row record;
  removed bigint;
begin
  if until > now_at - interval '1 year' or until > now() - interval '1 year' then
    raise exception 'The access log is kept for a year at least' using errcode = 'restrict_violation';
  end if;
  -- From the beginning of the chain to the last record before the first that stays.
  select sequence, hash into last_row
  from access_record
  where source = in_source
    and sequence < coalesce((select min(sequence) from access_record where source = in_source and received_at >= until), 9223372036854775807)
  order by sequence desc
  limit 1;
  if last_row.sequence is null then
    return 0;
  end if;
  perform set_config('snowball.purging', 'access_record', true);
  delete from access_record where source = in_source and sequence <= last_row.sequence;
  get diagnostics removed = row_count;
  perform set_config('snowball.purging', '', true);
  insert into retention_purge (id, what, source, until, rows_removed, sequence, hash, purged_at)
  values (purge_id, 'ACCESS_LOG', in_source, until, removed, last_row.sequence, last_row.hash, now_at);
  return removed;
end
$$;

alter table ledger_verification add column access_records bigint not null default 0;

insert into legal_term (code, effective_from, amount, unit, extension, article)
values
  ('ACCESS_LOG_KEPT', '2007-01-26', 3, 'YEARS', 0, '152-ФЗ, ст. 19 ч. 2 п. 8 (срок не назван); ГК РФ, ст. 196');
