-- Who created and who launched a campaign: the ids of users, as their tokens name them. Unknown for those made before.
alter table campaign
  add column created_by  text,
  add column launched_by text;
