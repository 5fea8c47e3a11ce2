-- Up to when windows that passed have been looked at, and by which thresholds of the grid. No row: everything is evaluated anew.

create table membership_clock (
  only_row     boolean     not null default true,
  evaluated_at timestamptz not null,
  rfm_version  int         not null,
  constraint pk_membership_clock primary key (only_row),
  constraint ck_membership_clock__only_row check (only_row)
);
