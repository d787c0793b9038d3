-- Finds the documents that are of an older generation than their projection.
create index documents_by_generation on runtime.documents (projection, generation);

-- A new sink is told of the documents in steps: how far that has come, and whether it goes on.
alter table runtime.sinks
  add column marking           boolean not null default true,
  add column marked_projection text not null default '',
  add column marked_entity     text not null default '' collate "C";

update runtime.sinks set marking = false;

-- Names this log where its documents are shown, so that those of two logs do not mix.
create table runtime.log_identity (
  one boolean primary key default true check (one),
  id  uuid not null default gen_random_uuid()
);

insert into runtime.log_identity default values;
