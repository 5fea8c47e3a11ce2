-- What the test's feed handler has applied.
create table applied (subject uuid constraint pk_applied primary key);
