-- The numbers that we call from: since 01.09.2025 a call shows a label and a category under a contract with the operator (126-FZ; r16).
create table calling_number (
  number      text        not null,
  label       text        not null,
  category    text        not null,
  contract_id text        not null,
  dial_mode   text        not null,
  added_at    timestamptz not null,
  added_by    text        not null,
  removed_at  timestamptz,
  constraint pk_calling_number primary key (number, added_at),
  constraint ck_calling_number__number check (number ~ '^\+[1-9][0-9]{6,14}$'),
  constraint ck_calling_number__label check (char_length(label) between 1 and 32),
  constraint ck_calling_number__dial_mode check (dial_mode in ('HUMAN', 'ROBOT'))
);

create unique index uq_calling_number__in_use on calling_number (number) where removed_at is null;
