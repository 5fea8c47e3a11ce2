-- Two records that turned out to be one person, and which rows went over: so that undoing it gives back those and no others.

-- Not taken out once undone: what others tell late still names the wrong one of the two.
create table customer_merge (
  merge_id uuid    not null,
  from_id  uuid    not null,
  to_id    uuid    not null,
  undone   boolean not null,
  constraint pk_customer_merge primary key (merge_id)
);

create index ix_customer_merge__from_id on customer_merge (from_id);
create index ix_customer_merge__to_id on customer_merge (to_id);

create table merge_move (
  kind     text not null,
  row_id   uuid not null,
  merge_id uuid not null,
  constraint pk_merge_move primary key (kind, row_id, merge_id),
  constraint fk_merge_move__merge foreign key (merge_id) references customer_merge (merge_id) on delete cascade,
  constraint ck_merge_move__kind check (kind in ('ANSWER', 'EVENT', 'MESSAGE'))
);

create index ix_merge_move__merge_id on merge_move (merge_id);

-- The lists in which who stays took the place of the other.
create table merge_list (
  merge_id   uuid not null,
  segment_id uuid not null,
  constraint pk_merge_list primary key (merge_id, segment_id),
  constraint fk_merge_list__merge foreign key (merge_id) references customer_merge (merge_id) on delete cascade,
  constraint fk_merge_list__segment foreign key (segment_id) references segment (id) on delete cascade
);

create index ix_merge_list__segment_id on merge_list (segment_id);
