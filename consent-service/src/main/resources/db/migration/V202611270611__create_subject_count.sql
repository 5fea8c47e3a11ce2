-- How many people's data the system holds, day by day, against the threshold of decree 1119 (r33).
create table subject_threshold (
  effective_from date   not null,
  subjects       bigint not null,
  basis          text   not null,
  constraint pk_subject_threshold primary key (effective_from)
);

insert into subject_threshold (effective_from, subjects, basis)
values ('2013-01-01', 100000, 'Постановление Правительства РФ от 01.11.2012 № 1119, п. 11 «д», п. 12 «б»: при угрозах 3-го типа и иных категориях данных');

create table subject_count (
  counted_at  timestamptz not null,
  subjects    bigint      not null,
  identifiers bigint      not null,
  constraint pk_subject_count primary key (counted_at)
);

-- Whose data an incident touched, counted from the access log.
alter table incident add column counted_at timestamptz;
alter table incident add column counted_scope text;
alter table incident add column counted_records bigint;
alter table incident add column counted_subjects bigint;
alter table incident add column counted_unnamed bigint;
alter table incident add column counted_identifiers bigint;
