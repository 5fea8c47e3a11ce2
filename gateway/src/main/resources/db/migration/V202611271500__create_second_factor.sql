-- The second factor of signing in (152-fz r32). The secret is encrypted under a key that is not in here; codes on paper are hashed.
create table second_factor (
  user_id      uuid        not null,
  secret       bytea       not null,
  begun_at     timestamptz not null,
  -- Null until the first right code: nobody is locked out by one that was never set up to its end.
  confirmed_at timestamptz,
  -- Each step of time is good for one sign-in.
  last_step    bigint      not null default 0,
  constraint pk_second_factor primary key (user_id),
  constraint fk_second_factor__user foreign key (user_id) references user_account (id) on delete cascade
);

create table recovery_code (
  user_id   uuid  not null,
  code_hash bytea not null,
  constraint pk_recovery_code primary key (user_id, code_hash),
  constraint fk_recovery_code__second_factor foreign key (user_id) references second_factor (user_id) on delete cascade
);
