-- The end of the ledger's events (152-fz r31): three years after the consent that they are about has ended, an event leaves. What stays is
-- its hash, its place, and a signed record of the purge: by them the chain and the seals still verify, and a row that somebody merely
-- deleted is still named.

-- Who was erased: of them nothing is kept for the sake of a "no" that is still to be heeded.
alter table consent_chain add column erased_at timestamptz;

update consent_chain c
set erased_at = d.destroyed_at
from (select customer_id, max(destroyed_at) as destroyed_at from destruction where state = 'DONE' group by customer_id) d
where d.customer_id = c.customer_id;

create table consent_purge (
  id        uuid        not null,
  until     timestamptz not null,
  events    int         not null,
  purged_at timestamptz not null,
  -- Over the lines of consent_event_purged (docs/adr/014).
  signature text        not null,
  constraint pk_consent_purge primary key (id)
);

create trigger tr_consent_purge__append_only
  before update or delete or truncate on consent_purge
  for each statement execute function refuse_change();

create table consent_event_purged (
  customer_id uuid   not null,
  sequence    int    not null,
  tx          bigint not null,
  hash        bytea  not null,
  purge_id    uuid   not null,
  constraint pk_consent_event_purged primary key (customer_id, sequence),
  constraint fk_consent_event_purged__purge foreign key (purge_id) references consent_purge (id)
);

create index ix_consent_event_purged__purge_id on consent_event_purged (purge_id);
create index ix_consent_event_purged__tx on consent_event_purged (tx);

create trigger tr_consent_event_purged__append_only
  before update or delete or truncate on consent_event_purged
  for each statement execute function refuse_change();

-- As refuse_change, but for the purge below. The setting opens nothing to the service's role, which has no right to delete.
create function refuse_change_of_ledger() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('snowball.purging', true) = 'consent_event' then
    return null;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;

drop trigger tr_consent_event__append_only on consent_event;

create trigger tr_consent_event__append_only
  before update or delete or truncate on consent_event
  for each statement execute function refuse_change_of_ledger();

-- The only way out of the ledger: events under a seal that is as old as the rule says, and never what is younger than a year, whatever the
-- rule says. All that are named, or none. It runs with the rights of the owner, since the service itself may delete nothing there.
create function purge_consent_event(
  in_purge uuid, in_until timestamptz, in_now timestamptz, in_signature text, in_customers uuid[], in_sequences int[]) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  removed int;
begin
  if in_until > in_now - interval '1 year' or in_until > now() - interval '1 year' then
    raise exception 'The ledger is kept for a year at least' using errcode = 'restrict_violation';
  end if;
  insert into consent_purge (id, until, events, purged_at, signature)
  values (in_purge, in_until, cardinality(in_customers), in_now, in_signature);
  insert into consent_event_purged (customer_id, sequence, tx, hash, purge_id)
  select e.customer_id, e.sequence, e.tx, e.hash, in_purge
  from unnest(in_customers, in_sequences) as u (customer_id, sequence)
  join consent_event e on e.customer_id = u.customer_id and e.sequence = u.sequence
  join lateral (select s.to_tx, s.sealed_at from consent_seal s where s.from_tx <= e.tx order by s.from_tx desc limit 1) s
    on s.to_tx > e.tx and s.sealed_at < in_until;
  perform set_config('snowball.purging', 'consent_event', true);
  delete from consent_event e
  using consent_event_purged p
  where p.purge_id = in_purge and e.customer_id = p.customer_id and e.sequence = p.sequence;
  get diagnostics removed = row_count;
  perform set_config('snowball.purging', '', true);
  if removed <> cardinality(in_customers) then
    raise exception 'Some of these events are not sealed for long enough, or are gone' using errcode = 'restrict_violation';
  end if;
  insert into retention_purge (id, what, source, until, rows_removed, purged_at)
  values (in_purge, 'CONSENT_EVENTS', 'consent', in_until, removed, in_now);
  return removed;
end
$$;

insert into legal_term (code, effective_from, amount, unit, extension, article)
values
  ('CONSENT_KEPT', '2007-01-26', 3, 'YEARS', 0, '152-ФЗ, ст. 9 ч. 3 (срок не назван); ГК РФ, ст. 196');
