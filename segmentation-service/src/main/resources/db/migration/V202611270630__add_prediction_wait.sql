-- Until when half of such customers have bought again; null for what was scored before.

alter table customer_prediction add column wait_weeks double precision;
