-- Loyalty points by double entry. An entry takes points from one account and gives them to another, so that it can't but sum to zero.
-- Accounts of the customer are AVAILABLE, HELD and DEBT; ISSUE, REDEEMED, EXPIRED and TRANSFER are the programme's.
create table points_account (
  customer_id uuid   not null,
  available   bigint not null default 0,
  held        bigint not null default 0,
  -- What was taken back and was spent already: the next points that come pay it.
  debt        bigint not null default 0,
  constraint pk_points_account primary key (customer_id),
  constraint ck_points_account__available check (available >= 0),
  constraint ck_points_account__held check (held >= 0),
  constraint ck_points_account__debt check (debt >= 0)
);

create table points_entry (
  id            uuid        not null,
  -- Nobody's, once the person was erased.
  customer_id   uuid,
  kind          text        not null,
  from_account  text        not null,
  to_account    text        not null,
  points        bigint      not null,
  rule_id       uuid,
  source        text,
  redemption_id uuid,
  reason        text,
  made_by       text        not null,
  made_at       timestamptz not null,
  constraint pk_points_entry primary key (id),
  constraint ck_points_entry__points check (points > 0),
  constraint ck_points_entry__two_accounts check (from_account <> to_account),
  constraint ck_points_entry__kind check (kind in ('ACCRUAL', 'TAKE_BACK', 'REPAYMENT', 'HOLD', 'RELEASE', 'REDEMPTION', 'REFUND',
    'EXPIRY', 'CORRECTION', 'TRANSFER')),
  constraint ck_points_entry__accounts check (
    from_account in ('ISSUE', 'AVAILABLE', 'HELD', 'DEBT', 'REDEEMED', 'EXPIRED', 'TRANSFER')
    and to_account in ('ISSUE', 'AVAILABLE', 'HELD', 'DEBT', 'REDEEMED', 'EXPIRED', 'TRANSFER'))
);

create index ix_points_entry__customer_id on points_entry (customer_id, id);
create index ix_points_entry__made_at on points_entry (made_at);

-- Points that came together and expire together. What is left of all lots of a customer is what is available.
create table points_lot (
  id          uuid        not null,
  customer_id uuid        not null,
  rule_id     uuid,
  source      text,
  accrued_at  timestamptz not null,
  expires_at  timestamptz,
  points      bigint      not null,
  remaining   bigint      not null,
  constraint pk_points_lot primary key (id),
  constraint ck_points_lot__remaining check (remaining between 0 and points)
);

create index ix_points_lot__customer_id on points_lot (customer_id);
create index ix_points_lot__expires_at on points_lot (expires_at) where remaining > 0;

create table points_redemption (
  id          uuid        not null,
  customer_id uuid        not null,
  order_id    text,
  points      bigint      not null,
  captured    bigint      not null,
  refunded    bigint      not null,
  state       text        not null,
  expires_at  timestamptz,
  created_at  timestamptz not null,
  captured_at timestamptz,
  constraint pk_points_redemption primary key (id),
  constraint ck_points_redemption__points check (points > 0 and captured between 0 and points and refunded between 0 and captured),
  constraint ck_points_redemption__state check (state in ('HELD', 'CAPTURED', 'RELEASED', 'EXPIRED'))
);

create index ix_points_redemption__customer_id on points_redemption (customer_id, id);
create index ix_points_redemption__order_id on points_redemption (order_id) where state = 'CAPTURED';
create index ix_points_redemption__expires_at on points_redemption (expires_at) where state = 'HELD';

-- From which lots a redemption took its points: there they go back to.
create table points_use (
  redemption_id uuid   not null,
  lot_id        uuid   not null,
  points        bigint not null,
  returned      bigint not null,
  constraint pk_points_use primary key (redemption_id, lot_id),
  constraint fk_points_use__redemption foreign key (redemption_id) references points_redemption (id) on delete cascade,
  constraint ck_points_use__returned check (returned between 0 and points)
);

create index ix_points_use__lot_id on points_use (lot_id);

create table points_settings (
  single_row   boolean not null default true,
  -- In kopecks.
  point_value  bigint  not null,
  -- Of an order, in hundredths of a per cent.
  max_share    int     not null,
  constraint pk_points_settings primary key (single_row),
  constraint ck_points_settings__single_row check (single_row),
  constraint ck_points_settings__point_value check (point_value > 0),
  constraint ck_points_settings__max_share check (max_share between 1 and 10000)
);

insert into points_settings (point_value, max_share) values (100, 10000);
