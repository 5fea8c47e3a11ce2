-- Proof that nobody has touched the ledger (requirements r06, r30; docs/adr/014).

-- The public keys of all that was ever signed.
create table signing_key (
  kid           text        not null,
  public_key    bytea       not null,
  first_used_at timestamptz not null,
  constraint pk_signing_key primary key (kid)
);

create trigger tr_signing_key__append_only
  before update or delete or truncate on signing_key
  for each statement execute function refuse_change();

-- The Merkle root of the events of a span of transactions, chained to the one before and signed.
create table consent_seal (
  number        int         not null,
  from_tx       bigint      not null,
  to_tx         bigint      not null,
  events        bigint      not null,
  root          bytea       not null,
  previous_hash bytea,
  sealed_at     timestamptz not null,
  hash          bytea       not null,
  signature     text        not null,
  constraint pk_consent_seal primary key (number),
  constraint uq_consent_seal__from_tx unique (from_tx),
  constraint ck_consent_seal__span check (from_tx < to_tx),
  constraint ck_consent_seal__chain check ((number = 1) = (previous_hash is null))
);

create trigger tr_consent_seal__append_only
  before update or delete or truncate on consent_seal
  for each statement execute function refuse_change();

-- The leaves, 1,024 a row: 60 bytes an event, by which a verification can name an event that is gone, and a proof needs one row.
create table consent_seal_chunk (
  seal   int   not null,
  chunk  int   not null,
  root   bytea not null,
  leaves bytea not null,
  constraint pk_consent_seal_chunk primary key (seal, chunk),
  -- The seal is written last, when its root is known.
  constraint fk_consent_seal_chunk__seal foreign key (seal) references consent_seal (number) deferrable initially deferred
);

-- Hashes don't compress; trying costs time.
alter table consent_seal_chunk alter column leaves set storage external;

create trigger tr_consent_seal_chunk__append_only
  before update or delete or truncate on consent_seal_chunk
  for each statement execute function refuse_change();

-- The order of the tree's leaves, read a chunk at a time.
create index ix_consent_event__tx on consent_event (tx, customer_id, sequence);

create table ledger_verification (
  id            uuid        not null,
  state         text        not null,
  started_at    timestamptz not null,
  finished_at   timestamptz,
  claimed_until timestamptz not null,
  events        bigint      not null,
  seals         int         not null,
  faults        jsonb       not null,
  constraint pk_ledger_verification primary key (id),
  constraint ck_ledger_verification__state check (state in ('RUNNING', 'INTACT', 'FAULTY'))
);

create index ix_ledger_verification__started_at on ledger_verification (started_at);
