-- All that decides about some customers: $1 their ids, $2 the purpose, $3 the channel, $4 the types of consent that count for it,
-- $5 the moment, $6 the categories of data whose block stands in the way. From indexes and hardly a table; the rows say themselves what they are. A consent besides the one to advertising
-- is of interest only where it stands in the way. The rule about consents inside other documents is looked up once, and only where there
-- is such a consent.
select s.customer_id, s.type as kind,
  case
    when s.valid_until <= $5 then 'EXPIRED'
    when s.legacy_bundled and s.state = 'GIVEN' then
      (select case when r.counts then 'LEGACY_COUNTS' else 'LEGACY' end from legacy_consent_rule r order by r.changed_at desc limit 1)
    else s.state
  end as value, s.record_id, s.stated_at as since
from consent_state s
where s.customer_id = any($1)
  and s.purpose = $2
  and s.channel in ($3, 'ANY')
  and s.type = any($4)
  and (s.type = 'ADVERTISING' or s.state <> 'GIVEN' or s.valid_until <= $5 or (s.legacy_bundled and s.type <> 'PD_PROCESSING'))
union all
select c.customer_id, 'STOP', c.reason, null::uuid, c.added_at
from contact_stop c
where c.customer_id = any($1)
  and c.lifted_at is null
  and c.channel in ($3, 'ANY')
union all
select b.customer_id, 'STOP', 'BLOCKED', null::uuid, b.blocked_at
from processing_block b
where b.customer_id = any($1)
  and b.category = any($6)
union all
select g.customer_id, 'MERGED', null::text, null::uuid, g.merged_at
from merged_customer g
where g.customer_id = any($1)
union all
(select distinct on (r.scope) null::uuid, r.scope, r.verdict, null::uuid, r.effective_from
from channel_rule r
where r.channel = $3
  and r.effective_from <= $5
order by r.scope, r.effective_from desc, r.added_at desc)
