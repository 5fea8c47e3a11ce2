-- The log of order 179 as XML beside the CSV (r28); acts of before have none.
alter table destruction_archive.proof add column log_xml text;
alter table destruction_archive.proof add column log_xml_sha256 text;
