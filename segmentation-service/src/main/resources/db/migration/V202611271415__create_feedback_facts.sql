-- What customers said of the company (NPS, CSAT, CES, CLI): every answer, for reports of the past and for people who turn out to be
-- two, and the last word of each, for rules. Scores as told: whole marks, of CLI a mean with four decimals.

create table feedback_fact (
  customer_id uuid        not null,
  answer_id   uuid        not null,
  kind        text        not null,
  score       numeric     not null,
  answered_at timestamptz not null,
  constraint pk_feedback_fact primary key (customer_id, answer_id),
  constraint ck_feedback_fact__kind check (kind in ('NPS', 'CSAT', 'CES', 'CLI'))
);

-- The last word of a customer, and of all up to a day.
create index ix_feedback_fact__kind_customer_id_answered_at
  on feedback_fact (kind, customer_id, answered_at desc, answer_id desc) include (score);

-- Only who has answered anything.
create table customer_feedback (
  customer_id uuid not null,
  nps         numeric,
  csat        numeric,
  ces         numeric,
  cli         numeric,
  constraint pk_customer_feedback primary key (customer_id)
);
