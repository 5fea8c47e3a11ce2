-- The thresholds of the RFM grid: one row, with the defaults of a web shop that sells things bought a few times a year.

create table rfm_settings (
  only_row              boolean not null default true,
  first_purchase_days   int     not null,
  active_days           int     not null,
  at_risk_days          int     not null,
  promising_from_orders int     not null,
  loyal_from_orders     int     not null,
  vip_from_revenue      bigint  not null,
  version               int     not null,
  constraint pk_rfm_settings primary key (only_row),
  constraint ck_rfm_settings__only_row check (only_row),
  constraint ck_rfm_settings__days check (0 < first_purchase_days and first_purchase_days <= active_days and active_days < at_risk_days),
  constraint ck_rfm_settings__orders check (1 < promising_from_orders and promising_from_orders < loyal_from_orders),
  constraint ck_rfm_settings__vip check (vip_from_revenue >= 0)
);

insert into rfm_settings (first_purchase_days, active_days, at_risk_days, promising_from_orders, loyal_from_orders, vip_from_revenue, version)
values (30, 90, 180, 2, 4, 3000000, 1);
