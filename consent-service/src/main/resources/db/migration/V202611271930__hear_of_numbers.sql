-- When a person was last heard of on their number (152-fz r20): a message arrived, a call was answered, a code that was sent to it came back.
-- A number that nobody is heard of on may be another's by now.
create table number_sign (
  customer_id uuid        not null,
  heard_at    timestamptz not null,
  constraint pk_number_sign primary key (customer_id)
);

-- What the job looks for that concludes it.
create index ix_consent_state__by_number on consent_state (stated_at)
  where state = 'GIVEN' and type = 'ADVERTISING' and channel in ('SMS', 'CALL', 'WHATSAPP', 'VIBER');
