-- One row per (campaign, customer). No address, no name, no text: those exist in memory only, between fetching and handing over.
create table message (
  id               uuid        not null,
  campaign_id      uuid        not null,
  customer_id      uuid        not null,
  control          boolean     not null,
  state            text        not null,
  due_at           timestamptz not null,
  attempts         int         not null default 0,
  -- the dispatcher that has it; kept on UNCERTAIN, so that a late answer is still let in
  lease            uuid,
  decided_at       timestamptz,
  -- the consent record that the decision stands on
  record_id        uuid,
  reason           text,
  handed_at        timestamptz,
  settled_at       timestamptz,
  opens            int         not null default 0,
  first_opened_at  timestamptz,
  clicks           int         not null default 0,
  first_clicked_at timestamptz,
  unsubscribed_at  timestamptz,
  bounced_at       timestamptz,
  constraint pk_message primary key (id),
  -- A second message of one campaign to one customer is impossible by this, not by care.
  constraint uq_message__campaign_id_customer_id unique (campaign_id, customer_id),
  constraint fk_message__campaign_id foreign key (campaign_id) references campaign (id),
  constraint ck_message__state check (state in
    ('DUE', 'CLAIMED', 'HANDING', 'SENT', 'SUPPRESSED', 'HELD_OUT', 'FAILED', 'UNCERTAIN', 'CANCELLED')),
  constraint ck_message__lease check (state not in ('CLAIMED', 'HANDING') or lease is not null)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

-- The queue. By campaign first, so that the messages of a paused one are never walked over.
create index ix_message__campaign_id_due_at on message (campaign_id, due_at) where state = 'DUE';
-- What dispatchers hold at this moment: a few thousand rows of any number.
create index ix_message__campaign_id_lease on message (campaign_id, lease) where state in ('CLAIMED', 'HANDING');
create index ix_message__customer_id on message (customer_id);

-- Who dispatches. A lease that is not renewed belongs to a dead dispatcher.
create table dispatch_lease (
  id         uuid        not null,
  renewed_at timestamptz not null,
  constraint pk_dispatch_lease primary key (id)
);
