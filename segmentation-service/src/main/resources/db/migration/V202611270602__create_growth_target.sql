-- What a company wants to have grown by a year after a day (G12): one row a year, so few that it is always read whole.

create table growth_target (
  start_on   date        not null,
  kinds      text[]      not null,
  percents   numeric[]   not null,
  version    int         not null,
  updated_at timestamptz not null,
  constraint pk_growth_target primary key (start_on),
  constraint ck_growth_target__goals check (cardinality(kinds) = cardinality(percents))
);
