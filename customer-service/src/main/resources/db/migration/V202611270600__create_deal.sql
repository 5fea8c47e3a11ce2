-- Deals on their way through the stages of a pipeline. A stage that was taken out stays for the history of those who were in it.
create table pipeline (
  id         uuid        not null,
  name       text        not null,
  version    int         not null,
  created_at timestamptz not null,
  constraint pk_pipeline primary key (id),
  constraint uq_pipeline__name unique (name)
);

create table pipeline_stage (
  id             uuid    not null,
  pipeline_id    uuid    not null,
  position       int     not null,
  name           text    not null,
  kind           text    not null,
  expected_hours int,
  removed        boolean not null default false,
  constraint pk_pipeline_stage primary key (id),
  constraint fk_pipeline_stage__pipeline foreign key (pipeline_id) references pipeline (id),
  constraint ck_pipeline_stage__kind check (kind in ('OPEN', 'WON', 'LOST')),
  constraint ck_pipeline_stage__expected_hours check (expected_hours > 0)
);

create index ix_pipeline_stage__pipeline_id on pipeline_stage (pipeline_id, position);

create table deal (
  id                uuid        not null,
  customer_id       uuid        not null,
  pipeline_id       uuid        not null,
  stage_id          uuid        not null,
  title             text        not null,
  amount            bigint,
  manager_id        text,
  expected_close_on date,
  source            text,
  loss_reason       text,
  created_at        timestamptz not null,
  entered_at        timestamptz not null,
  closed_at         timestamptz,
  -- When the stay at the stage has lasted longer than expected; said once a stay.
  due_at            timestamptz,
  overdue_told      boolean     not null default false,
  version           int         not null,
  constraint pk_deal primary key (id),
  constraint fk_deal__customer foreign key (customer_id) references customer (id),
  constraint fk_deal__pipeline_stage foreign key (stage_id) references pipeline_stage (id),
  constraint ck_deal__amount check (amount >= 0)
);

create index ix_deal__pipeline_id on deal (pipeline_id, id);
create index ix_deal__stage_id on deal (stage_id, id);
create index ix_deal__customer_id on deal (customer_id, id);
create index ix_deal__manager_id on deal (manager_id, id) where manager_id is not null;
create index ix_deal__due_at on deal (due_at) where due_at is not null and not overdue_told;

create table deal_stay (
  deal_id    uuid        not null,
  id         uuid        not null,
  stage_id   uuid        not null,
  entered_at timestamptz not null,
  left_at    timestamptz,
  moved_by   text        not null,
  constraint pk_deal_stay primary key (deal_id, id),
  constraint fk_deal_stay__deal foreign key (deal_id) references deal (id) on delete cascade
);

create unique index uq_deal_stay__present on deal_stay (deal_id) where left_at is null;
create index ix_deal_stay__stage_id on deal_stay (stage_id, left_at);
