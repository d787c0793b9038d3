-- Begins one run with a copy of the beginning of another, in one statement and so in one transaction.
--
-- No row of the original is locked: what is copied never changes, and whether all of it is there is
-- counted in the snapshot that it is copied from. The bytes are added up as they are stored first:
-- that reads no long payload, so one that is far too large is refused at once. What hangs on the new row happens only when this
-- statement began it; when the run was begun beside it, the statement ends and is made again.
with
wanted (
  run_id, requester, status, waiting_for, recoveries,
  thread_id, owner, agent, agent_version, content, trace_id, original_id, at_seq,
  bytes_max
) as materialized (
  values (
    ?::text::uuid, ?::text, ?::text, ?::text, ?::int,
    ?::text, ?::text, ?::text, ?::int, ?::bytea, ?::text, ?::text::uuid, ?::bigint,
    ?::bigint
  )
),
clock as materialized (
  select clock_timestamp() as now
),
subject as materialized (
  select
    w.*, r.run_id is not null as known, r.owner as run_owner, r.content as run_content,
    coalesce(r.last_seq, 0) as last_seq, coalesce(r.epoch, 0) as epoch,
    (select t.owner from runtime.threads t where t.thread_id = w.thread_id) as thread_owner,
    (select o.owner from runtime.runs o where o.run_id = w.original_id) as original_owner
  from wanted w
  left join runtime.runs r on r.run_id = w.run_id
),
judged as materialized (
  select
    s.*,
    case
      when s.requester <> s.run_owner or s.owner <> s.run_owner or s.thread_owner <> s.owner
        or s.requester <> s.owner
        then 'FOREIGN'
      when s.known and s.content = s.run_content then 'DUPLICATE'
      when s.known then 'CONFLICT'
      when s.original_owner is null then 'UNKNOWN_RUN'
      when s.original_owner <> s.owner then 'FOREIGN'
      when s.at_seq < 1 or s.at_seq <> (
        select count(*) from runtime.events e
        where e.run_id = s.original_id and e.seq <= s.at_seq
      )
        then 'MISSING'
      when s.bytes_max < (
        select sum(pg_column_size(e.payload)) from runtime.events e
        where e.run_id = s.original_id and e.seq between 2 and s.at_seq
      )
        then 'TOO_LARGE'
      when s.bytes_max < (
        select sum(octet_length(e.payload::text)) from runtime.events e
        where e.run_id = s.original_id and e.seq between 2 and s.at_seq
      )
        then 'TOO_LARGE'
    end as refusal
  from subject s
),
claimed as (
  insert into runtime.threads (thread_id, owner)
  select thread_id, owner
  from judged
  where refusal is null and thread_owner is null
  on conflict (thread_id) do update set owner = threads.owner
  returning owner
),
decided as materialized (
  select
    *,
    case
      when refusal is null and thread_owner is null and owner not in (select owner from claimed)
        then 'FOREIGN'
      else refusal
    end as outcome
  from judged
),
begun as (
  insert into runtime.runs (
    run_id, last_seq, epoch, created_at, updated_at, recoveries, agent_version, thread_id, owner,
    agent, content, status, waiting_for
  )
  select
    d.run_id, d.at_seq + 1, 0, c.now, c.now, d.recoveries, d.agent_version, d.thread_id, d.owner,
    d.agent, d.content, d.status, d.waiting_for
  from decided d
  cross join clock c
  where d.outcome is null
  on conflict do nothing
  returning run_id
),
copied as materialized (
  select d.run_id, d.original_id, d.at_seq, d.trace_id, c.now
  from decided d
  join begun b on b.run_id = d.run_id
  cross join clock c
),
logged as (
  insert into runtime.events (run_id, seq, occurred_at, version, type, trace_id, payload)
  select c.run_id, e.seq, c.now, e.version, e.type, c.trace_id, e.payload
  from copied c
  join runtime.events e on e.run_id = c.original_id and e.seq between 2 and c.at_seq
  union all
  select
    c.run_id, case w.place when 1 then 1 else c.at_seq + w.place - 1 end, c.now, w.version, w.type,
    c.trace_id, w.payload::json
  from copied c
  cross join unnest(?::int[], ?::text[], ?::text[])
    with ordinality as w(version, type, payload, place)
),
taken as (
  insert into runtime.frames (run_id, frame_id, digest, seq)
  select c.run_id, f.frame_id, f.digest, f.seq
  from copied c
  join runtime.frames f on f.run_id = c.original_id and f.seq <= c.at_seq
)
select
  outcome, c.now,
  case when outcome is null then at_seq + 1 else last_seq end as last_seq,
  epoch,
  case when outcome is null and run_id not in (select run_id from begun)
    then runtime.begun_elsewhere()
  end
from decided
cross join clock c
