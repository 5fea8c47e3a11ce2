-- Files that were announced, how far they are read, and what was wrong in them: numbers, column names and reasons, never values.
create table import (
  id          uuid        not null,
  kind        text        not null,
  format      text        not null,
  delimiter   text        not null,
  state       text        not null,
  lines_read  bigint      not null default 0,
  accepted    bigint      not null default 0,
  updated     bigint      not null default 0,
  unchanged   bigint      not null default 0,
  rejected    bigint      not null default 0,
  failure     text,
  created_at  timestamptz not null,
  started_at  timestamptz,
  finished_at timestamptz,
  constraint pk_import primary key (id),
  constraint ck_import__kind check (kind in ('CUSTOMERS', 'ORDERS')),
  constraint ck_import__format check (format in ('CSV', 'NDJSON')),
  constraint ck_import__state check (state in ('CREATED', 'RUNNING', 'COMPLETED', 'INTERRUPTED', 'FAILED'))
);

create table import_error (
  import_id uuid   not null,
  line      bigint not null,
  field     text,
  reason    text   not null,
  constraint pk_import_error primary key (import_id, line),
  constraint fk_import_error__import foreign key (import_id) references import (id) on delete cascade
);
