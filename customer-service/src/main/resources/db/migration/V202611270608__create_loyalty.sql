-- For what points are given, and to whom: rules, levels, referrals. A rule never changes: it is ended and another one made.
create table loyalty_rule (
  id              uuid        not null,
  name            text        not null,
  trigger         text        not null,
  event_type      text,
  award           text        not null,
  value           numeric     not null,
  invited_points  bigint,
  categories      text[]      not null,
  levels          text[]      not null,
  first_purchases int,
  min_amount      bigint,
  lifetime_days   int,
  max_points      bigint,
  max_times       int,
  valid_from      timestamptz not null,
  valid_to        timestamptz,
  created_at      timestamptz not null,
  created_by      text        not null,
  constraint pk_loyalty_rule primary key (id),
  constraint ck_loyalty_rule__trigger check (trigger in ('PURCHASE', 'REGISTRATION', 'EVENT', 'REFERRAL')),
  constraint ck_loyalty_rule__award check (award in ('PERCENT', 'PER_ROUBLE', 'FIXED')),
  constraint ck_loyalty_rule__event_type check ((trigger = 'EVENT') = (event_type is not null))
);

-- What a rule has given for one order, event, registration or referral: told again, the difference is nothing.
create table loyalty_accrual (
  id          uuid   not null,
  rule_id     uuid   not null,
  source      text   not null,
  customer_id uuid   not null,
  points      bigint not null,
  constraint pk_loyalty_accrual primary key (id),
  constraint uq_loyalty_accrual__rule_id_source unique (rule_id, source),
  constraint fk_loyalty_accrual__rule foreign key (rule_id) references loyalty_rule (id),
  constraint ck_loyalty_accrual__points check (points >= 0)
);

create index ix_loyalty_accrual__customer_id on loyalty_accrual (customer_id, rule_id);

create table loyalty_level (
  code        text not null,
  name        text not null,
  rank        int  not null,
  min_spent   bigint,
  min_orders  int,
  min_points  bigint,
  window_days int  not null,
  keep_days   int  not null,
  constraint pk_loyalty_level primary key (code),
  constraint uq_loyalty_level__rank unique (rank),
  constraint ck_loyalty_level__condition check (coalesce(min_spent, min_orders, min_points) is not null)
);

-- Every change of a customer's level. The row with review_at is the one that holds; two, where two people were merged.
create table loyalty_level_change (
  id          uuid        not null,
  customer_id uuid        not null,
  level       text,
  previous    text,
  changed_at  timestamptz not null,
  review_at   timestamptz,
  constraint pk_loyalty_level_change primary key (id)
);

create index ix_loyalty_level_change__customer_id on loyalty_level_change (customer_id, changed_at);
create index ix_loyalty_level_change__review_at on loyalty_level_change (review_at) where review_at is not null;

create table referral_code (
  id          uuid        not null,
  code        text        not null,
  customer_id uuid        not null,
  created_at  timestamptz not null,
  constraint pk_referral_code primary key (id),
  constraint uq_referral_code__code unique (code)
);

create index ix_referral_code__customer_id on referral_code (customer_id);

-- Who was invited by which code. The inviter is whoever has the code.
create table referral (
  id          uuid        not null,
  code        text        not null,
  customer_id uuid        not null,
  state       text        not null,
  order_id    uuid,
  created_at  timestamptz not null,
  constraint pk_referral primary key (id),
  constraint ck_referral__state check (state in ('PENDING', 'REWARDED', 'VOID'))
);

create index ix_referral__customer_id on referral (customer_id);
create index ix_referral__code on referral (code);
