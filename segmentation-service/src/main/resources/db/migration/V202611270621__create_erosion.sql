-- Who is given rest from mailings, so that what one more message costs can be measured (M14); and what was measured.

-- No row before it begins; never changed after: a group that changes tells nothing.
create table rest_group (
  only_row      boolean          not null default true,
  salt          text             not null,
  share         double precision not null,
  rest_days     int              not null,
  cycle_days    int              not null,
  response_days int              not null,
  started_at    timestamptz      not null,
  constraint pk_rest_group primary key (only_row),
  constraint ck_rest_group__only_row check (only_row),
  constraint ck_rest_group__share check (share > 0 and share < 1),
  constraint ck_rest_group__days check (0 < rest_days and rest_days < cycle_days and response_days > 0)
);

create table erosion_run (
  only_row      boolean     not null default true,
  computed_at   timestamptz not null,
  claimed_until timestamptz not null,
  constraint pk_erosion_run primary key (only_row),
  constraint ck_erosion_run__only_row check (only_row)
);

insert into erosion_run (computed_at, claimed_until) values ('-infinity', '-infinity');

-- Sums over customers of what each had (probes p, responses r, contacts c): enough for means and their variance by customer.
-- stratum: contacts without answer when the cycle began, 10 for more, -1 for all together. worth in kopecks.
create table erosion_sums (
  response  text             not null,
  stratum   int              not null,
  resting   boolean          not null,
  customers bigint           not null,
  p         double precision not null,
  r         double precision not null,
  c         double precision not null,
  pp        double precision not null,
  rr        double precision not null,
  cc        double precision not null,
  pr        double precision not null,
  pc        double precision not null,
  rc        double precision not null,
  worth     double precision not null,
  constraint pk_erosion_sums primary key (response, stratum, resting)
);
