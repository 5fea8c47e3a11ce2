-- Mails of the double opt-in: one a consent that waits for its confirmation (requirement r19). No address and no link: both are asked
-- for at hand-over and live in memory.
create table confirmation_mail (
  record_id     uuid        not null,
  customer_id   uuid        not null,
  state         text        not null,
  reason        text,
  due_at        timestamptz not null,
  attempts      int         not null default 0,
  -- whoever sends it has it until then; after that somebody else may
  claimed_until timestamptz,
  handed_at     timestamptz,
  settled_at    timestamptz,
  constraint pk_confirmation_mail primary key (record_id),
  constraint ck_confirmation_mail__state check (state in ('DUE', 'HANDING', 'SENT', 'SUPPRESSED', 'FAILED', 'UNCERTAIN'))
);

create index ix_confirmation_mail__due_at on confirmation_mail (due_at) where state in ('DUE', 'HANDING');
create index ix_confirmation_mail__customer_id on confirmation_mail (customer_id);
