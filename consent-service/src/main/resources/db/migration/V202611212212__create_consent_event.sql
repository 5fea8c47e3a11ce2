-- The ledger: who said what about which use of their data, and how we know. Rows are only ever added (152-fz section 6.1).

-- One row a customer: the end of their chain. Locking it puts the events of one customer into one order.
create table consent_chain (
  customer_id uuid not null,
  sequence    int  not null,
  hash        bytea,
  constraint pk_consent_chain primary key (customer_id)
);

create table consent_event (
  customer_id       uuid        not null,
  sequence          int         not null,
  record_id         uuid        not null,
  type              text        not null,
  purpose           text        not null,
  channel           text        not null,
  action            text        not null,
  stated_at         timestamptz not null,
  recorded_at       timestamptz not null,
  document_id       uuid,
  document_version  int,
  document_sha256   bytea,
  source            text        not null,
  form_id           text,
  ip                text,
  user_agent        text,
  request_id        text,
  checkbox_unticked boolean,
  actor             text        not null,
  recorded_by       text        not null,
  message_id        uuid,
  previous_hash     bytea,
  hash              bytea       not null,
  constraint pk_consent_event primary key (customer_id, sequence),
  constraint fk_consent_event__document foreign key (document_id, document_version)
    references consent_document_version (document_id, version),
  constraint ck_consent_event__action check (action in ('GIVEN', 'WITHDRAWN')),
  constraint ck_consent_event__actor check (actor in ('SUBJECT', 'REPRESENTATIVE', 'OPERATOR')),
  -- No proof without the text that was agreed to.
  constraint ck_consent_event__document check (action <> 'GIVEN' or document_sha256 is not null),
  constraint ck_consent_event__chain check ((sequence = 1) = (previous_hash is null))
);

create index ix_consent_event__record_id on consent_event (record_id);

-- When the term of keeping ends, whole old rows will leave by a procedure of their own; nothing else may touch them.
create trigger tr_consent_event__append_only
  before update or delete or truncate on consent_event
  for each statement execute function refuse_change();
