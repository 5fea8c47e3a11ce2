-- Files of customers that leave the house: who asked for what, for what, who approved, and what became of it. The file itself is in
-- pieces here, so that any replica can write and serve it and it goes with the database's backups and access rights; it is deleted
-- after a while, and when somebody in it is blocked or erased.
create table export (
  id              uuid        not null,
  state           text        not null,
  format          text        not null,
  delimiter       text        not null,
  encoding        text        not null,
  columns         text[]      not null,
  masked          boolean     not null,
  segment_id      uuid,
  purpose         text        not null,
  reason          text        not null,
  requested_by    text        not null,
  requested_at    timestamptz not null,
  decided_by      text,
  decided_at      timestamptz,
  customers       int         not null default 0,
  collected_after uuid,
  -- Who writes knows the attempt; another one begun meanwhile makes that writer's work void.
  attempt         int         not null default 0,
  tries           int         not null default 0,
  lease_until     timestamptz,
  rows            int,
  pieces          int,
  bytes           bigint,
  written_at      timestamptz,
  expires_at      timestamptz,
  failure         text,
  constraint pk_export primary key (id),
  constraint ck_export__state check (state in ('COLLECTING', 'AWAITING_APPROVAL', 'REJECTED', 'WRITING', 'READY', 'FAILED', 'DELETED')),
  constraint ck_export__format check (format in ('CSV', 'XLSX')),
  constraint ck_export__encoding check (encoding in ('UTF_8', 'WINDOWS_1251'))
);

create index ix_export__unfinished on export (id) where state in ('COLLECTING', 'WRITING');
create index ix_export__kept on export (state) where state in ('AWAITING_APPROVAL', 'READY');
create index ix_export__requested_by on export (requested_by, id);

-- Whose data are asked for, and so in the file. Ids as they were: an old id of a merged customer leads on.
create table export_member (
  export_id   uuid not null,
  customer_id uuid not null,
  constraint pk_export_member primary key (export_id, customer_id),
  constraint fk_export_member__export foreign key (export_id) references export (id)
);

create index ix_export_member__customer_id on export_member (customer_id);

create table export_piece (
  export_id uuid  not null,
  attempt   int   not null,
  n         int   not null,
  bytes     bytea not null,
  constraint pk_export_piece primary key (export_id, attempt, n),
  constraint fk_export_piece__export foreign key (export_id) references export (id)
);

-- Who did what with an export, why, with how many people, and whether it was allowed. Only ever added to; the feed tells the same.
create table export_access (
  id        uuid        not null,
  export_id uuid        not null,
  at        timestamptz not null,
  actor     text        not null,
  action    text        not null,
  purpose   text        not null,
  reason    text        not null,
  customers int         not null,
  result    text        not null,
  constraint pk_export_access primary key (id),
  constraint fk_export_access__export foreign key (export_id) references export (id),
  constraint ck_export_access__action check (action in ('REQUESTED', 'APPROVED', 'REJECTED', 'WRITTEN', 'FAILED', 'DOWNLOADED', 'DELETED')),
  constraint ck_export_access__result check (result in ('DONE', 'REFUSED'))
);

create index ix_export_access__export_id on export_access (export_id, id);
