-- The frames of a conversation are found by their keys, which know their sequences, so that taking a
-- frame writes one index entry less; only completed messages need an index of their own.
drop index runtime.events_said;
create index events_spoken on runtime.events (run_id, seq) where type = 'message.completed';

alter table runtime.frames
  drop constraint frames_pkey,
  add primary key (run_id, frame_id) include (seq);

-- The key of a first frame used to name the event before it, which is never a frame.
update runtime.frames set seq = 2 where seq = 1;
