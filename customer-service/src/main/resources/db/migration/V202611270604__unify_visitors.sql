-- A browser is recognised by one thing only: the COOKIE identity, whose key is the visitor's id. The table of visitors said the same a
-- second time, and the two could disagree; where they do, the identity holds. What a merge moved as a visitor goes back as an identity.
insert into identity (customer_id, kind, system, key, value, added_at, main)
select v.customer_id, 'COOKIE', '', v.id::text, v.id::text, v.linked_at, false
from visitor v
on conflict do nothing;

insert into merge_identity (merge_id, kind, system, key, value, main, added_at, moved)
select m.merge_id, 'COOKIE', '', v.id::text, v.id::text, false, v.linked_at, true
from merge_move m
cross join unnest(m.row_ids) as moved (id)
join visitor v on v.id = moved.id
where m.holding = 'visitor'
on conflict do nothing;

delete from merge_move where holding = 'visitor';

drop table visitor;
