-- Which of the ten steps of the introduction (G13) people have ticked off, and when.

create table plan_step (
  step    text not null,
  done_on date not null,
  constraint pk_plan_step primary key (step)
);
