-- What a conversation is made of, apart from the many pieces and steps between.
--
-- Only a frame or a completed message adds to it; every other event costs it nothing. The condition
-- is that of the statement which reads a thread.
create index events_said on runtime.events (run_id, seq)
  where type in ('frame.accepted', 'message.completed');
