-- What a thread is doing is read again and again, however many of its runs have ended.
create index runs_open_by_thread on runtime.runs (thread_id, created_at)
  where ended_at is null;
