-- Whose data are only stored for the time being: kept out of segments, messages and exports (152-FZ art. 21 p. 1, p. 6; requirement r24).
create table processing_block (
  customer_id uuid        not null,
  -- Which data; '*' is all of them.
  category    text        not null,
  reason      text        not null,
  request_id  uuid,
  blocked_at  timestamptz not null,
  blocked_by  text        not null,
  -- Blocked because it could not be destroyed in time: then it must be by this day.
  destroy_by  date,
  constraint pk_processing_block primary key (customer_id, category),
  constraint ck_processing_block__reason check (reason in ('CHECK', 'CAN_NOT_BE_DESTROYED', 'OTHER'))
);

-- What customer-service is still to be told; a row goes when it has heard.
create table processing_block_note (
  customer_id uuid        not null,
  blocked     boolean     not null,
  noted_at    timestamptz not null,
  constraint pk_processing_block_note primary key (customer_id)
);
