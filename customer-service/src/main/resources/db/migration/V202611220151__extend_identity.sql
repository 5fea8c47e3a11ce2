-- More kinds of identities, several of a kind, external ids by system. The main one of a kind is what is shown and written to;
-- a person who was merged from two has the other's e-mail address as well.
alter table identity
  add column system text not null default '',
  add column main boolean not null default true,
  drop constraint pk_identity,
  drop constraint uq_identity__customer_id_kind,
  drop constraint ck_identity__kind,
  add constraint pk_identity primary key (customer_id, kind, system, key),
  add constraint ck_identity__kind check (kind in ('EXTERNAL_ID', 'TELEGRAM', 'VK', 'WHATSAPP', 'MAX', 'EMAIL', 'PHONE', 'COOKIE',
    'PUSH', 'WEB_PUSH')),
  add constraint ck_identity__system check (system = '' or kind = 'EXTERNAL_ID');

-- An identity is one customer's. Not so a phone number: it may be a family's, and then it tells nobody apart.
create unique index uq_identity__kind_key_system on identity (kind, key, system) where kind <> 'PHONE';
create index ix_identity__phone on identity (key) where kind = 'PHONE';
create unique index uq_identity__customer_id_kind on identity (customer_id, kind) where main;

-- Pairs that may be one person, for somebody to look at. A decided pair stays, so that it is not asked about again.
create table merge_candidate (
  id          uuid        not null,
  customer_id uuid        not null,
  other_id    uuid        not null,
  reason      text        not null,
  state       text        not null default 'OPEN',
  created_at  timestamptz not null,
  decided_at  timestamptz,
  decided_by  text,
  constraint pk_merge_candidate primary key (id),
  constraint ck_merge_candidate__reason check (reason in ('SAME_PHONE', 'SAME_EMAIL', 'SAME_ACCOUNT')),
  constraint ck_merge_candidate__state check (state in ('OPEN', 'MERGED', 'DIFFERENT_PEOPLE'))
);

create unique index uq_merge_candidate__pair on merge_candidate
  (least(customer_id, other_id), greatest(customer_id, other_id), reason);
create index ix_merge_candidate__open on merge_candidate (id) where state = 'OPEN';
create index ix_merge_candidate__customer_id on merge_candidate (customer_id);
create index ix_merge_candidate__other_id on merge_candidate (other_id);
