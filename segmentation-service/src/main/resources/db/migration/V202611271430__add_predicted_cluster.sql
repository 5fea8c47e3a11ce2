-- The cluster that a buyer belonged to when the newest model scored, by its description: numbers of clusters mean nothing from one run
-- to the next. Null where there were too few buyers to group, and for what was scored before.

alter table customer_prediction
  add column cluster_recency text,
  add column cluster_frequency text,
  add column cluster_bill text,
  add constraint ck_customer_prediction__cluster check (
    cluster_recency in ('LOW', 'MIDDLE', 'HIGH') and cluster_frequency in ('LOW', 'MIDDLE', 'HIGH')
    and cluster_bill in ('LOW', 'MIDDLE', 'HIGH'));
