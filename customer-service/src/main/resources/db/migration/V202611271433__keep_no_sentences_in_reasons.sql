-- Why an export was asked for is a code from now on, as in the access log: it is kept for longer than anybody's data, and nobody could
-- find a name in a sentence when its person is erased. What was written so far is not kept.
update export set reason = 'free-text' where reason !~ '^[a-z][a-z-]{1,39}(:[A-Za-z0-9-]{1,40})?$';

update export_access set reason = 'free-text' where reason !~ '^[a-z][a-z-]{1,39}(:[A-Za-z0-9-]{1,40})?$';

update idempotency_key
set response = jsonb_set(response::jsonb, '{reason}', '"free-text"')::text
where operation = 'createExport' and response::jsonb ->> 'reason' !~ '^[a-z][a-z-]{1,39}(:[A-Za-z0-9-]{1,40})?$';

alter table export add constraint ck_export__reason check (reason ~ '^[a-z][a-z-]{1,39}(:[A-Za-z0-9-]{1,40})?$');
alter table export_access add constraint ck_export_access__reason check (reason ~ '^[a-z][a-z-]{1,39}(:[A-Za-z0-9-]{1,40})?$');
