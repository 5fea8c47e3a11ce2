-- Referrals are told on the feed (G9, G10): of two changes of one the higher version holds. Those that are there already are told once.

alter table referral add column version bigint not null default 1;

insert into feed_event (subject, type, occurred_at, data)
select c.customer_id, 'referral.changed', now(), jsonb_strip_nulls(jsonb_build_object(
  'referralId', r.id,
  'customerId', c.customer_id,
  'invitedId', r.customer_id,
  'state', r.state,
  'orderId', r.order_id,
  'invitedAt', to_char(r.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'version', r.version))
from referral r
join referral_code c on c.code = r.code
order by r.id;
