-- Consents in force that were asked for inside another document before 01.09.2025 (152-fz r10), as consent-service tells them: by what a
-- segment finds whom to ask anew. One that was given anew, has ended or was withdrawn is no row.
create table legacy_consent (
  customer_id uuid not null,
  purpose     text not null,
  channel     text not null,
  type        text not null,
  constraint pk_legacy_consent primary key (customer_id, purpose, channel, type)
);
