-- What is left of a destroyed address is an entry of the stop-list, where every decision looks (r28).
insert into contact_stop (id, address_hash, channel, reason, source, added_at, added_by)
select uuidv7(), decode(hash, 'hex'), 'ANY', 'DESTROYED', 'destruction', destroyed_at, 'destruction'
from destroyed_identifier;

drop table destroyed_identifier;
