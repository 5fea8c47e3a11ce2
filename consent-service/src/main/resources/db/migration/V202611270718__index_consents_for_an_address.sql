-- A batch of decisions with addresses asks for which address each consent was given: most were given for none that is known.
create index ix_consent_state__identifier on consent_state (customer_id, purpose, channel) include (identifier_hash)
  where identifier_hash is not null and type = 'ADVERTISING';
