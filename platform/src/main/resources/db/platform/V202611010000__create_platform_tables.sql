-- What every service has: its outbox, its cursors into the feeds of others, and the answers it must be able to repeat.

-- The outbox. Readers see it in the order (tx, position), and only below the oldest running transaction: by position alone a row
-- that took the lower position and committed later would be skipped for ever.
create table feed_event (
  tx          bigint      not null default pg_current_xact_id()::text::bigint,
  position    bigint      not null generated always as identity,
  subject     uuid        not null,
  type        text        not null,
  occurred_at timestamptz not null,
  data        jsonb       not null,
  constraint pk_feed_event primary key (tx, position)
);

-- How far this service has read the feed of another. Moved by the transaction that applies what was read.
create table feed_cursor (
  feed          text        not null,
  last_event_id text        not null,
  moved_at      timestamptz not null,
  constraint pk_feed_cursor primary key (feed)
);

create table idempotency_key (
  operation    text        not null,
  key          uuid        not null,
  request_hash bytea       not null,
  status       int         not null,
  location     text,
  response     text        not null,
  created_at   timestamptz not null,
  constraint pk_idempotency_key primary key (operation, key)
);

create index ix_idempotency_key__created_at on idempotency_key (created_at);
