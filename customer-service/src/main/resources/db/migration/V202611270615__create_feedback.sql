-- What customers say: questions with their exact wording, and the answers with what they were about.
create table feedback_question (
  id         uuid        not null,
  code       text        not null,
  language   text        not null,
  version    int         not null,
  kind       text        not null,
  wording    text        not null,
  -- The three wordings of a CLI question: recommend, repurchase, try other.
  items      text[]      not null,
  created_at timestamptz not null,
  created_by text        not null,
  constraint pk_feedback_question primary key (id),
  constraint uq_feedback_question__code_language_version unique (code, language, version),
  constraint ck_feedback_question__kind check (kind in ('NPS', 'CSAT', 'CES', 'CLI')),
  constraint ck_feedback_question__items check (cardinality(items) = case kind when 'CLI' then 3 else 0 end)
);

create table feedback_answer (
  id          uuid        not null,
  external_id text        not null,
  question_id uuid        not null,
  kind        text        not null,
  -- Nobody's, if it was given without a name or the person was erased.
  customer_id uuid,
  score       numeric     not null,
  items       int[]       not null,
  comment     text,
  order_id    text,
  ticket      text,
  step        text,
  channel     text,
  shop        text,
  answered_at timestamptz not null,
  recorded_at timestamptz not null,
  constraint pk_feedback_answer primary key (id),
  constraint uq_feedback_answer__external_id unique (external_id),
  constraint fk_feedback_answer__question foreign key (question_id) references feedback_question (id),
  constraint ck_feedback_answer__score check (case kind when 'NPS' then score between 0 and 10 when 'CSAT' then score between 1 and 5
    when 'CES' then score between 1 and 7 else score between 1 and 6 end)
);

create index ix_feedback_answer__kind_answered_at on feedback_answer (kind, answered_at, id);
create index ix_feedback_answer__customer_id on feedback_answer (customer_id, answered_at, id);
