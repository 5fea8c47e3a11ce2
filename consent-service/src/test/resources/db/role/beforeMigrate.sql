-- The tests work with the rights that the service has in an installation.
do $$
begin
  if not exists (select from pg_roles where rolname = 'consent') then
    create role consent login password 'consent';
  end if;
end
$$;
