-- What a company asks consent for. Codes are chosen by the company; marketing is there from the start, because campaigns ask for it.
create table purpose (
  code        text        not null,
  title       text        not null,
  description text,
  created_at  timestamptz not null,
  constraint pk_purpose primary key (code),
  constraint ck_purpose__code check (code ~ '^[a-z][a-z0-9_-]{0,49}$')
);

insert into purpose (code, title, description, created_at)
values ('marketing', 'Marketing', 'News, offers and other advertising of the company', now());
