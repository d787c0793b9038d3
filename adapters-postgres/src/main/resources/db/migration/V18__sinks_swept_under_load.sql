-- When all that was kept before had become due for a sink, and since when it is to have each document:
-- of what it was given nothing of, it may have what it was to have then.
alter table runtime.sinks add column marked_at timestamptz not null default now();
alter table runtime.sink_documents add column noted_since timestamptz not null default now();

-- Finds what a sink has in an older generation than it is kept in, and of what it is not known whether
-- it has it at all. What is parked is found by the index of that.
create index sink_documents_older on runtime.sink_documents (sink, projection)
  where parked_reason is null and there_generation < wanted_generation;
create index sink_documents_unknown on runtime.sink_documents (sink, projection, noted_since)
  where there_generation is null and wanted_generation is not null;
