-- The send log goes three years after a campaign's last hand-over (requirement r31). What its report adds up stays: sums, and nobody's id.
create table kept_report (
  campaign_id uuid        not null,
  sums        jsonb       not null,
  kept_at     timestamptz not null,
  constraint pk_kept_report primary key (campaign_id),
  constraint fk_kept_report__campaign_id foreign key (campaign_id) references campaign (id)
);

-- The record of it: one row a campaign, written before its first row goes, and one for each batch of confirmation mails.
create table send_log_purge (
  id           uuid        not null,
  what         text        not null,
  campaign_id  uuid,
  -- what was handed over before this
  until        timestamptz not null,
  rows_removed bigint      not null,
  began_at     timestamptz not null,
  -- null while some of it is still there
  purged_at    timestamptz,
  constraint pk_send_log_purge primary key (id),
  constraint uq_send_log_purge__campaign_id unique (campaign_id),
  constraint fk_send_log_purge__campaign_id foreign key (campaign_id) references campaign (id),
  constraint ck_send_log_purge__what check (what in ('CAMPAIGN', 'CONFIRMATION_MAILS')),
  constraint ck_send_log_purge__campaign_id check ((what = 'CAMPAIGN') = (campaign_id is not null))
);
