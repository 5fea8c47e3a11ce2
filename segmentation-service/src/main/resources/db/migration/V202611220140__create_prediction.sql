-- Fitted models of what customers will do, and what the newest one says of each buyer.

create table prediction_model (
  id                   uuid             not null,
  state                text             not null,
  wanted               text             not null,
  as_of                date             not null,
  horizon_weeks        int              not null,
  annual_discount_rate double precision not null,
  margin_share         double precision not null,
  customers_scored     bigint           not null,
  customers_total      bigint           not null,
  report               text,
  claimed_until        timestamptz,
  created_at           timestamptz      not null,
  finished_at          timestamptz,
  constraint pk_prediction_model primary key (id),
  constraint ck_prediction_model__state check (state in ('QUEUED', 'FITTING', 'SCORING', 'READY', 'REFUSED', 'FAILED')),
  constraint ck_prediction_model__wanted check (wanted in ('AUTO', 'BG_NBD', 'PARETO_NBD'))
);

-- The worker looks for what is to be done; nearly all rows are done.
create index ix_prediction_model__id on prediction_model (id) where state in ('QUEUED', 'FITTING', 'SCORING');

-- One row per buyer, replaced as a newer model scores; money in kopecks, null where no model of spend could be fitted.
create table customer_prediction (
  customer_id        uuid             not null,
  model_id           uuid             not null,
  probability_alive  double precision not null,
  expected_purchases double precision not null,
  recency_weeks      double precision not null,
  age_weeks          double precision not null,
  repeats            int              not null,
  expected_spend     bigint,
  forecast           bigint,
  realised           bigint           not null,
  potential          bigint           not null,
  constraint pk_customer_prediction primary key (customer_id),
  constraint fk_customer_prediction__model foreign key (model_id) references prediction_model (id)
);
