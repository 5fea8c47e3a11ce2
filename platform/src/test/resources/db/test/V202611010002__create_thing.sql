-- What the test's resource makes.
create table thing (id uuid constraint pk_thing primary key, name text not null);
