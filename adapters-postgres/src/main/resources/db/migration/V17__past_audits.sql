-- What the last audits of documents found, one row for each kind of sample.
create table runtime.projection_audits (
  sample text primary key,
  at     timestamptz not null,
  found  json not null
);
