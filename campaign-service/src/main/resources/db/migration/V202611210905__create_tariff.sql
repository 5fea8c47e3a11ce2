-- What a message costs, by channel, from a day on (features D1-D4, X8: prices are settings with dates).
create table tariff (
  id         uuid        not null,
  channel    text        not null,
  price      bigint      not null,
  valid_from timestamptz not null,
  constraint pk_tariff primary key (id),
  constraint uq_tariff__channel_valid_from unique (channel, valid_from),
  constraint ck_tariff__channel check (channel in ('EMAIL', 'PUSH', 'SMS', 'CALL')),
  constraint ck_tariff__price check (price >= 0)
);

-- The article's "from" prices: 1 kopeck, 10 kopecks, 1 rouble, 45 roubles on average.
insert into tariff (id, channel, price, valid_from)
values ('01900000-0000-7000-8000-000000000001', 'EMAIL', 1, '2000-01-01T00:00:00Z'),
       ('01900000-0000-7000-8000-000000000002', 'PUSH', 10, '2000-01-01T00:00:00Z'),
       ('01900000-0000-7000-8000-000000000003', 'SMS', 100, '2000-01-01T00:00:00Z'),
       ('01900000-0000-7000-8000-000000000004', 'CALL', 4500, '2000-01-01T00:00:00Z');
