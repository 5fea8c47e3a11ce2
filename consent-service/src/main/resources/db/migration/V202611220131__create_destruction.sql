-- Destroying the personal data of one person in every service, step by step: each step is written down before the next begins, so
-- that a crash goes on where it was (152-FZ art. 21; order 179 of Roskomnadzor of 28.10.2022; 152-fz section 6.4).
create table destruction (
  id              uuid        not null,
  number          bigint      generated always as identity,
  customer_id     uuid        not null,
  reason          text        not null,
  reason_text     text        not null,
  request_id      uuid,
  state           text        not null,
  due_on          date        not null,
  categories      text[]      not null,
  planned_at      timestamptz not null,
  planned_by      text        not null,
  approved_at     timestamptz,
  approved_by     text,
  -- Only while it runs: the act needs the name after the data are gone. Cleared by the step that writes the act.
  subject         text,
  destroyed_at    timestamptz,
  attempts        int         not null default 0,
  last_fault      text,
  next_attempt_at timestamptz not null,
  claimed_until   timestamptz,
  constraint pk_destruction primary key (id),
  constraint uq_destruction__number unique (number),
  constraint ck_destruction__reason check (reason in ('REQUEST', 'WITHDRAWAL', 'PURPOSE_REACHED', 'UNLAWFUL', 'OTHER')),
  constraint ck_destruction__state check (state in ('PROPOSED', 'PLANNED', 'DESTROYING', 'VERIFYING', 'DONE', 'REJECTED')),
  constraint ck_destruction__subject check (subject is null or state in ('DESTROYING', 'VERIFYING'))
);

-- One at a time for one person.
create unique index uq_destruction__running on destruction (customer_id) where state not in ('DONE', 'REJECTED');
create index ix_destruction__next on destruction (next_attempt_at) where state in ('PLANNED', 'DESTROYING', 'VERIFYING');

-- What stays of an address or number: a keyed hash, so that it is not written to again by accident (r28).
create table destroyed_identifier (
  hash         text        not null,
  destroyed_at timestamptz not null,
  constraint pk_destroyed_identifier primary key (hash)
);

-- The acts outlive the data by three years and name people: a schema of its own, with its own rights.
create schema destruction_archive;

create table destruction_archive.proof (
  destruction_id uuid        not null,
  number         bigint      not null,
  destroyed_at   timestamptz not null,
  act_pdf        bytea       not null,
  act_sha256     text        not null,
  act_html       text        not null,
  log_csv        text        not null,
  log_sha256     text        not null,
  kept_until     date        not null,
  constraint pk_proof primary key (destruction_id)
);

create index ix_proof__kept_until on destruction_archive.proof (kept_until);
