-- Each open and click (up to a limit per message, bots have no end); the first ones and the counts are on the message.
create table message_event (
  message_id uuid        not null,
  kind       text        not null,
  at         timestamptz not null,
  id         bigint      not null generated always as identity,
  constraint pk_message_event primary key (message_id, id),
  constraint fk_message_event__message_id foreign key (message_id) references message (id),
  constraint ck_message_event__kind check (kind in ('OPEN', 'CLICK'))
);
