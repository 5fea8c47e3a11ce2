-- What may be said about a consent besides giving and withdrawing it (requirements r06, r07), and double opt-in (r19).

alter table consent_event
  -- Which fields the seal covers: rows of the first format stay as they were sealed.
  add column format              smallint not null default 1,
  add column awaits_confirmation boolean,
  add column refers_to           uuid,
  add column valid_until         timestamptz,
  add column identifier_hash     bytea,
  -- Evidence that nobody searches by, as the very text that is sealed.
  add column details             text,
  -- By it a daily seal knows its events: every event is in exactly one, however late its transaction committed.
  add column tx                  bigint   not null default pg_current_xact_id()::text::bigint,
  drop constraint ck_consent_event__action,
  add constraint ck_consent_event__action check (action in ('SHOWN', 'GIVEN', 'CONFIRMED', 'REFUSED', 'WITHDRAWN', 'EXPIRED',
    'SUPERSEDED', 'INVALIDATED')),
  drop constraint ck_consent_event__document,
  add constraint ck_consent_event__document check (action not in ('SHOWN', 'GIVEN') or document_sha256 is not null);

alter table consent_event alter column format drop default;

alter table consent_state
  add column valid_until     timestamptz,
  add column identifier_hash bytea,
  drop constraint ck_consent_state__state,
  add constraint ck_consent_state__state check (state in ('PENDING_CONFIRMATION', 'GIVEN', 'REFUSED', 'WITHDRAWN', 'EXPIRED',
    'SUPERSEDED', 'INVALIDATED')),
  drop constraint pk_consent_state,
  -- All that a decision needs, so that it is answered from the index alone.
  add constraint pk_consent_state primary key (customer_id, purpose, channel, type)
    include (state, record_id, stated_at, valid_until);

-- What the expiry job looks for.
create index ix_consent_state__valid_until on consent_state (valid_until)
  where valid_until is not null and state in ('PENDING_CONFIRMATION', 'GIVEN');

-- Whether a consent for a purpose waits for its confirmation. The latest row counts; without one it does wait.
create table confirmation_rule (
  purpose    text        not null,
  changed_at timestamptz not null,
  required   boolean     not null,
  changed_by text        not null,
  constraint pk_confirmation_rule primary key (purpose, changed_at),
  constraint fk_confirmation_rule__purpose foreign key (purpose) references purpose (code)
);

create trigger tr_confirmation_rule__append_only
  before update or delete or truncate on confirmation_rule
  for each statement execute function refuse_change();
