-- Who may come in, how often somebody tried in vain, and the keys that sign the tokens.

create table user_account (
  id                uuid        not null,
  login             text        not null,
  password_hash     text        not null,
  roles             text[]      not null,
  disabled          boolean     not null,
  -- A token of another version is refused: a new password ends the sessions of the old one.
  token_version     int         not null default 1,
  created_at        timestamptz not null,
  changed_at        timestamptz not null,
  constraint pk_user_account primary key (id),
  constraint uq_user_account__login unique (login),
  constraint ck_user_account__login check (login = lower(login)),
  -- service is for siblings and never a person's.
  constraint ck_user_account__roles check (
    cardinality(roles) > 0 and roles <@ array['admin', 'marketer', 'analyst', 'sales', 'dpo', 'partner'])
);

-- Keyed by a hash: what is typed into the field of the login may be a password, or the login of nobody.
create table login_failure (
  login_hash bytea       not null,
  failures   int         not null,
  last_at    timestamptz not null,
  constraint pk_login_failure primary key (login_hash)
);

create index ix_login_failure__last_at on login_failure (last_at);

create table signing_key (
  key_id     text        not null,
  jwk        text        not null,
  created_at timestamptz not null,
  constraint pk_signing_key primary key (key_id)
);
