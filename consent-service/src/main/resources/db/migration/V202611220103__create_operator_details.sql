-- Who the operator is, by date: a document of a day names the operator as it was on that day (152-fz r01). Added, never changed.
create table operator_details (
  effective_from     timestamptz not null,
  full_name          text        not null,
  short_name         text        not null,
  inn                text        not null,
  ogrn               text        not null,
  address            text        not null,
  email              text        not null,
  phone              text,
  -- Who answers for the processing (art. 22.1); acts are signed by them.
  responsible        text        not null,
  responsible_post   text        not null,
  ispdn_name         text        not null,
  database_location  text        not null,
  register_number    text,
  policy_url         text,
  recorded_at        timestamptz not null,
  recorded_by        text        not null,
  constraint pk_operator_details primary key (effective_from),
  constraint ck_operator_details__inn check (inn ~ '^([0-9]{10}|[0-9]{12})$'),
  constraint ck_operator_details__ogrn check (ogrn ~ '^([0-9]{13}|[0-9]{15})$')
);

create trigger tr_operator_details__append_only
  before update or delete or truncate on operator_details
  for each statement execute function refuse_change();
