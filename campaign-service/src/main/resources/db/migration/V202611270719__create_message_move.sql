-- What a message was before two customers turned out to be one, so that a merge can be undone.
create table message_move (
  merge_id    uuid    not null,
  message_id  uuid    not null,
  customer_id uuid    not null,
  state       text    not null,
  reason      text,
  control     boolean not null,
  constraint pk_message_move primary key (merge_id, message_id),
  constraint fk_message_move__message_id foreign key (message_id) references message (id)
);

create index ix_message_move__message_id on message_move (message_id);
