-- When a sibling last asked who is in it: a campaign counts on it, and it is not deleted without a word.

alter table segment add column read_at timestamptz;
