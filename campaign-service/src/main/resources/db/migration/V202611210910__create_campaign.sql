-- A campaign: one template to one segment, with a control group that gets nothing.
create table campaign (
  id               uuid             not null,
  name             text             not null,
  segment_id       uuid             not null,
  template_id      uuid             not null,
  -- pinned by the launch
  template_version int,
  channel          text             not null,
  purpose          text             not null,
  message_class    text             not null,
  control_share    double precision not null,
  send_at          timestamptz,
  attribution_days int              not null,
  state            text             not null,
  -- what the control group is drawn with
  salt             uuid             not null,
  -- the last member that was planned; moved by the transaction that plans the page
  plan_cursor      uuid,
  planned          bigint           not null default 0,
  planned_at       timestamptz,
  -- why nothing goes out at the moment
  notice           text,
  version          int              not null,
  created_at       timestamptz      not null,
  launched_at      timestamptz,
  -- nothing is left to do: all sent, or all cancelled
  completed_at     timestamptz,
  constraint pk_campaign primary key (id),
  constraint fk_campaign__template_id foreign key (template_id) references template (id),
  constraint ck_campaign__state check (state in ('DRAFT', 'PLANNING', 'RUNNING', 'PAUSED', 'COMPLETED', 'CANCELLED')),
  constraint ck_campaign__channel check (channel in ('EMAIL')),
  constraint ck_campaign__message_class
    check (message_class in ('ADVERTISING', 'SERVICE', 'TRANSACTIONAL', 'AUTH', 'LEGAL')),
  constraint ck_campaign__control_share check (control_share between 0 and 0.5),
  constraint ck_campaign__attribution_days check (attribution_days between 1 and 365)
);

-- The few that workers look for, out of all there ever were.
create index ix_campaign__state on campaign (state) where completed_at is null and state <> 'DRAFT';
