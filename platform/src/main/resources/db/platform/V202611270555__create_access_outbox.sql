-- Who saw or changed whose personal data, until consent-service has taken it over (requirement r30). Data is the record as JSON, as text,
-- because nobody looks into it here.
create table access_outbox (
  id   uuid not null,
  data text not null,
  constraint pk_access_outbox primary key (id)
);
