-- Who invited whom (G9, G15). VOID ones stay, so that a late older version can't bring them back.
create table referral_fact (
  referral_id uuid        not null,
  inviter_id  uuid        not null,
  invited_id  uuid        not null,
  state       text        not null,
  invited_at  timestamptz not null,
  changed_at  timestamptz not null,
  version     bigint      not null,
  constraint pk_referral_fact primary key (referral_id)
);

create index ix_referral_fact__inviter_id on referral_fact (inviter_id);
create index ix_referral_fact__invited_id on referral_fact (invited_id);

-- Each of the two people of a referral goes over, and comes back, by merges of their own.
alter table merge_move drop constraint ck_merge_move__kind;
alter table merge_move
  add constraint ck_merge_move__kind check (kind in ('ANSWER', 'EVENT', 'INVITED', 'INVITER', 'MESSAGE'));
