-- Who rests is drawn anew in each cycle: of a group that rests for ever, every cycle after the first measures what is left of all the
-- rests before, too. A group that was drawn before this is kept as it was drawn.

alter table rest_group add column redrawn boolean not null default false;
alter table rest_group alter column redrawn drop default;
comment on table rest_group is 'No row before it begins; how it is drawn never changes after.';
