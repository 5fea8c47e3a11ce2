-- Every term of the law that the software keeps to, with its article: no figure of it stands in the code. A changed law is another
-- row with a later day; what happened before that day keeps its old term.
create table legal_term (
  code           text not null,
  effective_from date not null,
  amount         int  not null,
  unit           text not null,
  -- By how much the term may be put off, once and with a notice; 0 where it may not.
  extension      int  not null,
  article        text not null,
  constraint pk_legal_term primary key (code, effective_from),
  constraint ck_legal_term__amount check (amount between 0 and 3650 and extension between 0 and 365),
  constraint ck_legal_term__unit check (unit in ('HOURS', 'WORKING_DAYS', 'CALENDAR_DAYS', 'MONTHS', 'YEARS'))
);

create trigger tr_legal_term__append_only
  before update or delete or truncate on legal_term
  for each statement execute function refuse_change();

insert into legal_term (code, effective_from, amount, unit, extension, article)
values
  ('ACCESS', '2022-09-01', 10, 'WORKING_DAYS', 5, '152-ФЗ, ст. 14 ч. 3, ст. 20 ч. 1'),
  ('REFUSAL', '2022-09-01', 10, 'WORKING_DAYS', 5, '152-ФЗ, ст. 20 ч. 2'),
  ('CORRECTION', '2007-01-26', 7, 'WORKING_DAYS', 0, '152-ФЗ, ст. 20 ч. 3'),
  ('DESTROY_ILLEGAL', '2007-01-26', 7, 'WORKING_DAYS', 0, '152-ФЗ, ст. 20 ч. 3'),
  ('CLARIFY', '2007-01-26', 7, 'WORKING_DAYS', 0, '152-ФЗ, ст. 21 ч. 2'),
  ('STOP_UNLAWFUL', '2007-01-26', 3, 'WORKING_DAYS', 0, '152-ФЗ, ст. 21 ч. 3'),
  ('DESTROY_UNLAWFUL', '2007-01-26', 10, 'WORKING_DAYS', 0, '152-ФЗ, ст. 21 ч. 3'),
  ('PURPOSE_REACHED', '2007-01-26', 30, 'CALENDAR_DAYS', 0, '152-ФЗ, ст. 21 ч. 4'),
  ('WITHDRAWAL', '2007-01-26', 30, 'CALENDAR_DAYS', 0, '152-ФЗ, ст. 21 ч. 5'),
  ('STOP_PROCESSING', '2022-09-01', 10, 'WORKING_DAYS', 5, '152-ФЗ, ст. 21 ч. 5.1'),
  ('DISSEMINATION_STOP', '2021-03-01', 3, 'WORKING_DAYS', 0, '152-ФЗ, ст. 10.1 ч. 14'),
  ('RKN_REQUEST', '2022-09-01', 10, 'WORKING_DAYS', 5, '152-ФЗ, ст. 20 ч. 4'),
  ('DESTROY_BLOCKED', '2007-01-26', 6, 'MONTHS', 0, '152-ФЗ, ст. 21 ч. 6'),
  -- No days of grace: to stop at once is the law of direct marketing and of advertising.
  ('MARKETING_STOP', '2007-01-26', 0, 'HOURS', 0, '152-ФЗ, ст. 15 ч. 2; 38-ФЗ, ст. 18 ч. 1'),
  ('INCIDENT_NOTICE', '2022-09-01', 24, 'HOURS', 0, '152-ФЗ, ст. 21 ч. 3.1 п. 1'),
  ('INCIDENT_RESULT', '2022-09-01', 72, 'HOURS', 0, '152-ФЗ, ст. 21 ч. 3.1 п. 2'),
  ('DESTRUCTION_PROOF_KEPT', '2023-03-01', 3, 'YEARS', 0, 'Приказ Роскомнадзора от 28.10.2022 № 179, п. 8'),
  ('REQUEST_KEPT', '2007-01-26', 3, 'YEARS', 0, 'ГК РФ, ст. 196'),
  ('INCIDENT_KEPT', '2007-01-26', 3, 'YEARS', 0, 'ГК РФ, ст. 196');
