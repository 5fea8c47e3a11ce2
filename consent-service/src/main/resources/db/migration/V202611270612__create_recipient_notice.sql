-- Who gets people's data from us must be told when they are corrected or destroyed, or when their use must stop (152-FZ art. 20 p. 3, 21; r26).
create table recipient_notice (
  id              uuid        not null,
  number          bigint      generated always as identity,
  customer_id     uuid        not null,
  recipient       text        not null,
  what            text        not null,
  cause           text        not null,
  cause_id        uuid        not null,
  due_on          date        not null,
  created_at      timestamptz not null,
  sent_at         timestamptz,
  sent_by         text,
  sent_reference  text,
  acknowledged_at timestamptz,
  acknowledged_by text,
  acknowledgement text,
  constraint pk_recipient_notice primary key (id),
  -- One cause tells each recipient once.
  constraint uq_recipient_notice__cause unique (cause_id, recipient),
  constraint ck_recipient_notice__what check (what in ('CORRECTION', 'ERASURE', 'STOP')),
  constraint ck_recipient_notice__cause check (cause in ('SUBJECT_REQUEST', 'DESTRUCTION')),
  constraint ck_recipient_notice__order check (acknowledged_at is null or sent_at is not null)
);

create index ix_recipient_notice__open on recipient_notice (due_on, id) where acknowledged_at is null;
create index ix_recipient_notice__customer on recipient_notice (customer_id);

insert into legal_term (code, effective_from, amount, unit, extension, article)
values
  ('TELL_RECIPIENTS', '2007-01-26', 7, 'WORKING_DAYS', 0, '152-ФЗ, ст. 20 ч. 3; ст. 6 ч. 3 (поручение)'),
  ('EFFICIENCY_REVIEW', '2013-06-01', 3, 'YEARS', 0, 'Приказ ФСТЭК от 18.02.2013 № 21, п. 6; Постановление № 1119, п. 17');
