-- The one that is to take the place of the factor in use, from when it is begun until its first right code. The one in use counts until then.
alter table second_factor
  add column next_secret   bytea,
  add column next_begun_at timestamptz,
  add constraint ck_second_factor__next_secret
    check ((next_secret is null) = (next_begun_at is null) and (next_secret is null or confirmed_at is not null));
