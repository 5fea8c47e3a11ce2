-- Consents that were collected inside other documents before 01.09.2025 (152-fz r10): flagged where they were agreed to, in the record, and
-- where decisions look.

alter table consent_document_version add column legacy_bundled boolean not null default false;
alter table consent_event add column legacy_bundled boolean not null default false;

alter table consent_state
  add column legacy_bundled boolean not null default false,
  drop constraint pk_consent_state,
  -- All that a decision needs, so that it is answered from the index alone.
  add constraint pk_consent_state primary key (customer_id, purpose, channel, type)
    include (state, record_id, stated_at, valid_until, legacy_bundled);

-- Whom a campaign for a new consent is for.
create index ix_consent_state__legacy on consent_state (purpose, channel, type, customer_id)
  where legacy_bundled and state = 'GIVEN';

-- Since when each consent must stand apart, and whether one from before that does not still allows advertising. The latest row counts.
create table legacy_consent_rule (
  changed_at     timestamptz not null,
  separate_since timestamptz not null,
  article        text        not null,
  counts         boolean     not null,
  -- Why the operator may rely on such consents; who turns them on answers for it.
  reason         text,
  changed_by     text        not null,
  constraint pk_legacy_consent_rule primary key (changed_at)
);

create trigger tr_legacy_consent_rule__append_only
  before update or delete or truncate on legacy_consent_rule
  for each statement execute function refuse_change();

-- They do not count at first: docs/law.md says why.
insert into legacy_consent_rule (changed_at, separate_since, article, counts, changed_by)
values ('2020-01-01T00:00:00Z', '2025-09-01T00:00:00+03', '152-ФЗ, ст. 9 ч. 1 (156-ФЗ от 24.06.2025)', false, 'migration');
