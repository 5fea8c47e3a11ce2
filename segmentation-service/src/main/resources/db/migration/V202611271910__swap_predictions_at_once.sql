-- A run writes its scores beside those that hold, and one row says whose hold: readers see all of the old ones or all of the new.

alter table customer_prediction rename to prediction_score;
alter table prediction_score drop constraint pk_customer_prediction;
alter table prediction_score add constraint pk_prediction_score primary key (customer_id, model_id);
alter table prediction_score rename constraint fk_customer_prediction__model to fk_prediction_score__model;
alter table prediction_score rename constraint ck_customer_prediction__cluster to ck_prediction_score__cluster;

create table current_prediction_model (
  one      boolean not null default true,
  model_id uuid    not null,
  constraint pk_current_prediction_model primary key (one),
  constraint ck_current_prediction_model__one check (one),
  constraint fk_current_prediction_model__model foreign key (model_id) references prediction_model (id)
);

-- What the run that was ready last has said; what one that was under way wrote over comes back with its end.
insert into current_prediction_model (model_id)
select id from prediction_model where state = 'READY' order by finished_at desc limit 1;

create view customer_prediction as
select customer_id, model_id, probability_alive, expected_purchases, recency_weeks, age_weeks, repeats, expected_spend, forecast,
  realised, potential, wait_weeks, cluster_recency, cluster_frequency, cluster_bill
from prediction_score
where model_id = (select model_id from current_prediction_model);
