-- Talks with a bot or a colleague in a messenger, so that contacts and their repetition can be counted (H11).
insert into event_type (name, fields, retention_days, from_web, built_in) values
  ('messenger_contact', '[{"name":"channel","type":"CODE","required":true},{"name":"bot","type":"BOOLEAN","required":false},{"name":"intent","type":"CODE","required":false},{"name":"solved","type":"BOOLEAN","required":false},{"name":"text","type":"TEXT","required":false}]', 1825, false, true)
on conflict do nothing;
