-- Leaks and other unlawful accesses (152-FZ art. 21 p. 3.1; order 187 of Roskomnadzor of 14.11.2022; 152-fz section 6.6).
create table incident (
  id               uuid        not null,
  number           bigint      generated always as identity,
  discovered_at    timestamptz not null,
  notice_due_at    timestamptz not null,
  result_due_at    timestamptz not null,
  what             text        not null,
  reasons          text        not null,
  data             text        not null,
  subjects         bigint      not null,
  identifiers      bigint      not null,
  harm             text        not null,
  measures         text        not null,
  where_found      text,
  gossopka         text,
  notice_sent_at   timestamptz,
  notice_reference text,
  confirmed        text,
  culprits         text,
  act_number       text,
  result_sent_at   timestamptz,
  result_reference text,
  created_at       timestamptz not null,
  created_by       text        not null,
  constraint pk_incident primary key (id),
  constraint uq_incident__number unique (number),
  constraint ck_incident__counts check (subjects >= 0 and identifiers >= 0),
  constraint ck_incident__order check (result_sent_at is null or notice_sent_at is not null)
);

create index ix_incident__open on incident (result_due_at) where result_sent_at is null;

-- What a leak of a size may cost: KoAP art. 13.11 p. 12 to 14 (420-FZ, since 30.05.2025), for legal entities, in kopecks.
create table leak_class (
  part             text   not null,
  effective_from   date   not null,
  subjects_from    bigint not null,
  identifiers_from bigint not null,
  fine_min         bigint not null,
  fine_max         bigint not null,
  constraint pk_leak_class primary key (part, effective_from)
);

insert into leak_class (part, effective_from, subjects_from, identifiers_from, fine_min, fine_max)
values ('13.11 ч. 12', '2025-05-30', 1000, 10000, 300000000, 500000000),
  ('13.11 ч. 13', '2025-05-30', 10001, 100001, 500000000, 1000000000),
  ('13.11 ч. 14', '2025-05-30', 100001, 1000001, 1000000000, 1500000000);
