-- What is bought together, what follows what, and how soon a product is bought again. A job makes all of it anew, a generation at
-- a time, so that readers never see half of one.

create table recommendation_model (
  only_row      boolean     not null default true,
  generation    int         not null,
  computed_at   timestamptz not null,
  claimed_until timestamptz not null,
  constraint pk_recommendation_model primary key (only_row),
  constraint ck_recommendation_model__only_row check (only_row)
);

insert into recommendation_model (generation, computed_at, claimed_until) values (0, '-infinity', '-infinity');

create table recommendation_settings (
  only_row            boolean not null default true,
  quiet_days          int     not null,
  lead_days           int     not null,
  window_days         int     not null,
  support_min         int     not null,
  excluded_categories text[]  not null,
  excluded_skus       text[]  not null,
  version             int     not null,
  constraint pk_recommendation_settings primary key (only_row),
  constraint ck_recommendation_settings__only_row check (only_row)
);

insert into recommendation_settings (quiet_days, lead_days, window_days, support_min, excluded_categories, excluded_skus, version)
values (90, 7, 365, 5, '{}', '{}', 1);

-- confidence: of the orders with sku, the share that has other_sku too. lift: how many times more often than by chance.
create table product_pair (
  generation int              not null,
  sku        text             not null,
  other_sku  text             not null,
  orders     int              not null,
  confidence double precision not null,
  lift       double precision not null,
  constraint pk_product_pair primary key (generation, sku, other_sku)
);

-- interval_days: median between two purchases of one customer; null where too few bought it again.
create table product_rhythm (
  generation    int              not null,
  sku           text             not null,
  buyers        int              not null,
  repeat_buyers int              not null,
  interval_days double precision,
  constraint pk_product_rhythm primary key (generation, sku)
);

-- share: of the customers who came to category, those whose next new category was next_category.
create table category_next (
  generation    int              not null,
  category      text             not null,
  next_category text             not null,
  customers     int              not null,
  share         double precision not null,
  constraint pk_category_next primary key (generation, category, next_category)
);

-- The products that most customers of a category bought; share of those customers.
create table category_top (
  generation int              not null,
  category   text             not null,
  sku        text             not null,
  share      double precision not null,
  constraint pk_category_top primary key (generation, category, sku)
);
