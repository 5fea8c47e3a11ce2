-- Templates and every revision of them: a running campaign goes on with the revision it was launched with.
create table template (
  id         uuid        not null,
  name       text        not null,
  version    int         not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint pk_template primary key (id)
);

create table template_revision (
  template_id uuid        not null,
  version     int         not null,
  subject     text        not null,
  html        text        not null,
  -- absent: made of the HTML
  text        text,
  created_at  timestamptz not null,
  constraint pk_template_revision primary key (template_id, version),
  constraint fk_template_revision__template_id foreign key (template_id) references template (id)
);
