-- Meetings with customers and candidates. Address and link stay here: siblings fetch them for a reminder at hand-over.
create table appointment (
  id          uuid        not null,
  customer_id uuid        not null,
  deal_id     uuid,
  participant text        not null,
  manager_id  text,
  title       text        not null,
  starts_at   timestamptz not null,
  ends_at     timestamptz not null,
  time_zone   text        not null,
  address     text,
  link        text,
  state       text        not null,
  created_at  timestamptz not null,
  version     int         not null,
  constraint pk_appointment primary key (id),
  constraint fk_appointment__customer foreign key (customer_id) references customer (id),
  constraint fk_appointment__deal foreign key (deal_id) references deal (id) on delete set null,
  constraint ck_appointment__participant check (participant in ('CLIENT', 'CANDIDATE')),
  constraint ck_appointment__state check (state in ('PLANNED', 'CONFIRMED', 'DONE', 'MISSED', 'CANCELLED')),
  constraint ck_appointment__times check (starts_at < ends_at)
);

create index ix_appointment__starts_at on appointment (starts_at, id);
create index ix_appointment__customer_id on appointment (customer_id, starts_at, id);
create index ix_appointment__manager_id on appointment (manager_id, starts_at, id) where manager_id is not null;
create index ix_appointment__deal_id on appointment (deal_id) where deal_id is not null;
