-- Failures are of a login and of where they came from: who guesses elsewhere locks nobody out here. What was counted is forgotten, as
-- a quarter of an hour would have done anyway.

drop table login_failure;

-- Keyed by hashes: what is typed into the field of the login may be a password, or the login of nobody.
create table login_failure (
  -- Empty: all logins that this source has tried.
  login_hash  bytea       not null,
  source_hash bytea       not null,
  failures    int         not null,
  last_at     timestamptz not null,
  constraint pk_login_failure primary key (login_hash, source_hash)
);

create index ix_login_failure__last_at on login_failure (last_at);
