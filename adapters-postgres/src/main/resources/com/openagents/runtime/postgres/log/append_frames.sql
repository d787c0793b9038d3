-- Frames to one run that exists, in order: what append.sql does for one of them, for several at once.
--
-- When anything stands against them it changes nothing and answers no row. None of their ids was
-- taken when somebody last looked; if one is by now, the statement fails and is made again after
-- another look.
with
wanted (requester, open, due) as materialized (
  values (?::text, ?::boolean, ?::boolean)
),
sent as materialized (
  select *
  from unnest(?::text[], ?::bytea[], ?::text[], ?::int[], ?::text[], ?::text[]) with ordinality
    as s(frame_id, digest, trace_id, version, type, payload, place)
),
locked as materialized (
  select run_id, last_seq, owner, ended_at, wake_at, rests_until
  from runtime.runs r
  where run_id = ?::uuid
  for no key update of r
),
allowed as materialized (
  select r.*, w.due, clock_timestamp() as now
  from locked r cross join wanted w
  where (w.requester is null or r.owner = w.requester) and not (w.open and r.ended_at is not null)
),
keyed as (
  insert into runtime.frames (run_id, frame_id, digest, seq)
  select a.run_id, s.frame_id, s.digest, a.last_seq + s.place
  from allowed a cross join sent s
  order by s.place
  on conflict do nothing
  returning run_id
),
changed as (
  update runtime.runs r
  set
    last_seq = a.last_seq + (select count(*) from sent),
    wake_at = case when a.due then least(a.wake_at, greatest(a.now, a.rests_until)) else a.wake_at end,
    updated_at = a.now
  from allowed a
  where r.run_id = a.run_id
  returning r.run_id, r.last_seq, r.epoch, r.updated_at, a.last_seq as seq_before
),
logged as (
  insert into runtime.events (run_id, seq, occurred_at, epoch, version, type, trace_id, payload)
  select
    c.run_id, c.seq_before + s.place, c.updated_at, null, s.version, s.type, s.trace_id,
    s.payload::json
  from changed c cross join sent s
)
select
  null::text, updated_at, last_seq, epoch,
  case
    when (select count(*) from keyed) < (select count(*) from sent) then runtime.begun_elsewhere()
  end
from changed
