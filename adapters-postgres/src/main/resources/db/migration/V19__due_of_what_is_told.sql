-- What is due of projections that are told is found among any number of documents of others, which
-- wait until they are retired; and so is what is parked of them.
create index sink_documents_due_of on runtime.sink_documents (sink, projection, due_since)
  where parked_reason is null
    and (wanted_generation, wanted_seq, wanted_version, wanted_hash)
      is distinct from (there_generation, there_seq, there_version, there_hash);
create index sink_documents_parked_of on runtime.sink_documents (sink, projection)
  where parked_reason is not null;
drop index runtime.sink_documents_due;
