-- Each event names the operator as it was on the day of what was said (152-fz r01): requisites that are recorded later, for a day before, do
-- not change what a receipt or a proof says. Null: nothing was recorded for that day yet, or the event is older than this column.
alter table consent_event
  add column operator_since timestamptz,
  add constraint fk_consent_event__operator foreign key (operator_since) references operator_details (effective_from);
