-- The policy on the processing of personal data (152-FZ art. 18.1 p. 2), in versions that never change: what people could read on the day.
create table policy_version (
  language       text        not null,
  version        int         not null,
  text           text        not null,
  sha256         bytea       not null,
  effective_from timestamptz not null,
  published_at   timestamptz not null,
  published_by   text        not null,
  constraint pk_policy_version primary key (language, version),
  -- The database counts the hash again: no text can stand under another's.
  constraint ck_policy_version__sha256 check (sha256 = sha256(convert_to(text, 'UTF8')))
);

create trigger tr_policy_version__append_only
  before update or delete or truncate on policy_version
  for each statement execute function refuse_change();
