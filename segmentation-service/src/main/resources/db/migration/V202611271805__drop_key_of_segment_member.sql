-- A third of the time that a large segment took to fill was this key looking up its one segment for each customer. Whoever writes
-- memberships or deletes a segment holds the lock of MembershipSql, so there is nobody to guard against.
alter table segment_member drop constraint fk_segment_member__segment;
