-- Answers that were kept before they said whose data they have: every customer whose id is in one.
update idempotency_key k
set subjects = named.ids
from (
  select operation, key, array_agg(distinct found.id[1]::uuid) as ids
  from idempotency_key
  cross join lateral regexp_matches(response,
    '"(?:customerId|mergedCustomerId|inviterId|invitedId)":"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"', 'g') as found (id)
  where subjects is null
  group by operation, key) named
where named.operation = k.operation and named.key = k.key;

update idempotency_key
set subjects = array[(response::jsonb ->> 'id')::uuid]
where operation = 'createCustomer' and subjects is null;
