-- Grids that a company declares beside the built-in one; a definition is small and always read whole.

create table rfm_grid (
  id         uuid        not null,
  name       text        not null,
  definition jsonb       not null,
  version    int         not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint pk_rfm_grid primary key (id),
  constraint uq_rfm_grid__name unique (name)
);
