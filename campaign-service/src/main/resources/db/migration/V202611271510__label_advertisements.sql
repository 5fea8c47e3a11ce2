-- The label of an advertisement (38-FZ art. 18.1; 152-fz r18), kept with the creative that it was for: a revision never changes and is never
-- deleted, so what art. 12 wants kept for a year is (r31).
alter table template_revision
  add column erid              text,
  add column advertiser        text,
  add column marked            boolean not null default false,
  add column third_party_offer boolean not null default false,
  add column public_channel    boolean not null default false;
