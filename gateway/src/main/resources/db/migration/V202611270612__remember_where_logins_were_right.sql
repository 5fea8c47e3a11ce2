-- From where somebody has signed in with a login. While a login is guessed at from many addresses these are still let in, so that who
-- guesses can't keep the user out of where the user works.
create table login_source (
  login_hash  bytea       not null,
  source_hash bytea       not null,
  seen_at     timestamptz not null,
  constraint pk_login_source primary key (login_hash, source_hash)
);

create index ix_login_source__seen_at on login_source (seen_at);
