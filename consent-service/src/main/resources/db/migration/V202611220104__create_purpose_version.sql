-- What a purpose means, by date: on what ground, whose and which data, what is done with them, who gets them, how long (152-fz r04; art. 14
-- p. 7, art. 22 p. 3.1). Added, never changed: what somebody agreed to stays as it was.
create table purpose_version (
  purpose           text        not null,
  version           int         not null,
  effective_from    timestamptz not null,
  legal_basis       text        not null,
  subjects          text[]      not null,
  categories        text[]      not null,
  actions           text[]      not null,
  methods           text[]      not null,
  recipients        text[]      not null,
  cross_border      text,
  term              text        not null,
  -- How long data may lie without a sign of life before the purpose counts as reached; null: the term says it in words.
  retention_days    int,
  withdrawal_method text        not null,
  published_at      timestamptz not null,
  published_by      text        not null,
  constraint pk_purpose_version primary key (purpose, version),
  constraint fk_purpose_version__purpose foreign key (purpose) references purpose (code),
  constraint ck_purpose_version__legal_basis check (legal_basis in ('CONSENT', 'LAW', 'CONTRACT', 'LEGITIMATE_INTEREST', 'STATISTICS')),
  constraint ck_purpose_version__retention_days check (retention_days between 1 and 36500)
);

create trigger tr_purpose_version__append_only
  before update or delete or truncate on purpose_version
  for each statement execute function refuse_change();

insert into purpose_version (purpose, version, effective_from, legal_basis, subjects, categories, actions, methods, recipients,
  term, withdrawal_method, published_at, published_by)
values ('marketing', 1, '2020-01-01T00:00:00Z', 'CONSENT', array['покупатели', 'посетители сайта'],
  array['фамилия, имя, отчество', 'адрес электронной почты', 'номер телефона', 'дата рождения', 'история покупок и действий на сайте'],
  array['сбор', 'запись', 'систематизация', 'накопление', 'хранение', 'уточнение', 'использование', 'удаление', 'уничтожение'],
  array['автоматизированная обработка с передачей по внутренней сети оператора'], array[]::text[],
  'до отзыва согласия', 'по ссылке в любом сообщении, в центре настроек или обращением к оператору', now(), 'migration');
