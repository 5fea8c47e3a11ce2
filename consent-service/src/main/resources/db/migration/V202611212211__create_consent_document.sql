-- The texts that people agree to. A version is never changed or deleted: it is what somebody signed (152-FZ art. 9 p. 3, the burden of proof is ours).
create table consent_document (
  id         uuid        not null,
  code       text        not null,
  type       text        not null,
  purpose    text        not null,
  language   text        not null,
  title      text        not null,
  created_at timestamptz not null,
  created_by text        not null,
  constraint pk_consent_document primary key (id),
  constraint uq_consent_document__code_language unique (code, language),
  constraint fk_consent_document__purpose foreign key (purpose) references purpose (code),
  -- One document is for one consent: since 01.09.2025 the law wants each apart (156-FZ).
  constraint ck_consent_document__type check (type in ('ADVERTISING', 'PD_PROCESSING', 'SMS_44_1', 'MASS_CALL_44_1_1',
    'DISSEMINATION', 'TRANSFER', 'CROSS_BORDER', 'SPECIAL_CATEGORIES'))
);

create table consent_document_version (
  document_id    uuid        not null,
  version        int         not null,
  text           text        not null,
  sha256         bytea       not null,
  effective_from timestamptz not null,
  published_at   timestamptz not null,
  published_by   text        not null,
  constraint pk_consent_document_version primary key (document_id, version),
  constraint fk_consent_document_version__document foreign key (document_id) references consent_document (id),
  -- The database counts the hash again: no text can stand under another's.
  constraint ck_consent_document_version__sha256 check (sha256 = sha256(convert_to(text, 'UTF8')))
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: add a row that says what is true now', tg_table_name
    using errcode = 'restrict_violation';
end
$$;

create trigger tr_consent_document_version__append_only
  before update or delete or truncate on consent_document_version
  for each statement execute function refuse_change();

-- What a document is for was part of what was signed; its title and code were not.
create function refuse_change_of_meaning() returns trigger language plpgsql as $$
begin
  raise exception 'What a consent document is for never changes: create another document'
    using errcode = 'restrict_violation';
end
$$;

create trigger tr_consent_document__same_meaning
  before update on consent_document
  for each row when ((old.id, old.type, old.purpose, old.language) is distinct from (new.id, new.type, new.purpose, new.language))
  execute function refuse_change_of_meaning();
