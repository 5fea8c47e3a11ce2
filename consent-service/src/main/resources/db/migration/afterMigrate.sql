-- After every migration: what the role that the service works with may do. It owns nothing; the owner's role migrates. So a fault
-- in the service, or a statement that somebody smuggles into it, can't change or delete what is append-only, nor drop the triggers.
-- Where both are one role (a plain installation), the triggers alone stand in the way.
do $$
declare
  t record;
begin
  if current_user = '${serviceRole}' then
    return;
  end if;
  execute format('grant usage on schema public, destruction_archive to %I', '${serviceRole}');
  for t in
    select c.oid::regclass as name,
      exists (select from pg_trigger g where g.tgrelid = c.oid and g.tgname = 'tr_' || c.relname || '__append_only') as append_only
    from pg_class c
    where c.relnamespace in ('public'::regnamespace, 'destruction_archive'::regnamespace) and c.relkind in ('r', 'p') and c.relname <> 'flyway_schema_history'
  loop
    execute format('revoke all on %s from %I', t.name, '${serviceRole}');
    execute format('grant select, insert%s on %s to %I',
      case when t.append_only then '' else ', update, delete' end, t.name, '${serviceRole}');
  end loop;
end
$$;
