-- Who has access to personal data (152-FZ art. 22 p. 3 n. 10.2; r35), and the reviews of how well they are protected (r32).
create table access_person (
  id         uuid        not null,
  full_name  text        not null,
  post       text        not null,
  user_id    text,
  scope      text        not null,
  basis      text        not null,
  granted_on date        not null,
  ended_on   date,
  added_at   timestamptz not null,
  added_by   text        not null,
  ended_by   text,
  constraint pk_access_person primary key (id),
  constraint ck_access_person__dates check (ended_on is null or ended_on >= granted_on)
);

create table efficiency_review (
  id          uuid        not null,
  reviewed_on date        not null,
  reviewers   text        not null,
  findings    text        not null,
  effective   boolean     not null,
  next_due_on date        not null,
  recorded_at timestamptz not null,
  recorded_by text        not null,
  constraint pk_efficiency_review primary key (id)
);

create trigger tr_efficiency_review__append_only
  before update or delete or truncate on efficiency_review
  for each statement execute function refuse_change();
