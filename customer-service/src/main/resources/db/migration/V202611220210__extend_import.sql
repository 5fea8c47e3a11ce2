-- How a file is written and what is to be done with it; what is null is found out from the file.
alter table import
  alter column delimiter drop not null,
  add column encoding text,
  add column columns jsonb not null default '{}',
  add column time_zone text not null default 'Europe/Moscow',
  add column dry_run boolean not null default false,
  drop constraint ck_import__format,
  add constraint ck_import__format check (format in ('CSV', 'NDJSON', 'XLSX')),
  add constraint ck_import__encoding check (encoding in ('UTF_8', 'WINDOWS_1251'));
