-- The register of requests of people and of the regulator, each with its day (152-fz section 6.3). It holds personal data: only the dpo and
-- the admin see it, and it leaves with the person or after its term.
create table subject_request (
  id                  uuid        not null,
  number              bigint      generated always as identity,
  kind                text        not null,
  state               text        not null,
  channel             text        not null,
  received_at         timestamptz not null,
  received_on         date        not null,
  due_on              date        not null,
  extendable_to       date,
  destroy_by_on       date,
  article             text        not null,
  customer_id         uuid,
  applicant_name      text,
  applicant_contact   text,
  representative      text,
  text                text,
  identity_method     text,
  identity_confirmed  boolean,
  identity_checked_at timestamptz,
  identity_checked_by text,
  extension_reason    text,
  extended_at         timestamptz,
  closed_at           timestamptz,
  closed_by           text,
  closing_note        text,
  created_at          timestamptz not null,
  created_by          text        not null,
  constraint pk_subject_request primary key (id),
  constraint uq_subject_request__number unique (number),
  constraint ck_subject_request__kind check (kind in ('ACCESS', 'CORRECTION', 'ERASURE_ILLEGAL', 'STOP_PROCESSING', 'WITHDRAWAL',
    'MARKETING_STOP', 'DISSEMINATION_STOP', 'OBJECTION', 'RKN_REQUEST')),
  constraint ck_subject_request__state check (state in ('RECEIVED', 'IDENTIFIED', 'ANSWERED', 'REFUSED')),
  constraint ck_subject_request__closed check ((closed_at is not null) = (state in ('ANSWERED', 'REFUSED'))),
  -- A term is put off once.
  constraint ck_subject_request__extended check (extended_at is null or extension_reason is not null)
);

create index ix_subject_request__due on subject_request (due_on, id) where closed_at is null;
create index ix_subject_request__customer on subject_request (customer_id) where customer_id is not null;

create table subject_request_paper (
  id         uuid        not null,
  request_id uuid        not null,
  kind       text        not null,
  title      text        not null,
  sha256     text        not null,
  pdf        bytea       not null,
  html       text        not null,
  created_at timestamptz not null,
  constraint pk_subject_request_paper primary key (id),
  constraint fk_subject_request_paper__request foreign key (request_id) references subject_request (id) on delete cascade,
  constraint ck_subject_request_paper__kind check (kind in ('ACCESS_ANSWER', 'REFUSAL', 'EXTENSION_NOTICE', 'ANSWER'))
);

create index ix_subject_request_paper__request on subject_request_paper (request_id, id);
