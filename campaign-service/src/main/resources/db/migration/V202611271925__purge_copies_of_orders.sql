-- Copies of orders go when no message is left that they could be counted for, and the term is over (requirement r31): one row of the record
-- for each batch.
alter table send_log_purge
  drop constraint ck_send_log_purge__what,
  add constraint ck_send_log_purge__what check (what in ('CAMPAIGN', 'CONFIRMATION_MAILS', 'ORDERS'));
