-- Writes to many runs, each run at most once, in one statement and so in one transaction.
--
-- Every row is locked first, in the order of run ids, so that no two statements wait for each
-- other in a circle; only then the clock is read, and verdicts are taken on the locked rows.
-- No intermediate result is joined with another: they meet in hashed subqueries and in arrays by
-- ordinal, so that the work grows with the number of writes and not with its square.
with
wanted as materialized (
  select *
  from unnest(
    ?::text[]::uuid[],
    ?::int[], ?::bigint[], ?::bigint[], ?::boolean[], ?::text[],
    ?::text[], ?::text[], ?::bigint[],
    ?::text[], ?::boolean[], ?::text[], ?::text[]::timestamptz[], ?::text[], ?::int[],
    ?::text[], ?::text[]::timestamptz[], ?::bigint[],
    ?::text[], ?::bytea[],
    ?::boolean[], ?::text[], ?::text[], ?::text[], ?::int[], ?::bytea[]
  ) with ordinality as w(
    run_id,
    events, executor_epoch, at_seq, open, requester,
    lease, lease_node, lease_micros,
    status, ended, waiting_for, wait_until, reason_class, recoveries,
    wake, wake_time, wake_micros,
    frame_id, frame_digest,
    fresh, thread_id, owner, agent, agent_version, content,
    ord
  )
),
locked as materialized (
  select
    w.*, true as known,
    r.owner as run_owner, r.content as run_content, r.ended_at is not null as run_ended,
    r.last_seq, r.epoch, r.lease_owner, r.lease_expires_at, r.wake_at, r.rests_until
  from wanted w
  join runtime.runs r on r.run_id = w.run_id
  order by r.run_id
  for no key update of r
),
clock as materialized (
  select clock_timestamp() as now, count(*) as locked_before from locked
),
-- The row as it is, or as it would be before its first event. A row that is there and could not be
-- locked was passed over.
subject as materialized (
  select
    s.*, (select t.owner from runtime.threads t where t.thread_id = s.thread_id) as thread_owner
  from (
    select false as contended, l.* from locked l
    union all
    select
      (select true from runtime.runs r where r.run_id = w.run_id),
      w.*, false, w.owner, w.content, false, 0, 0, null, null, null, null
    from wanted w
    where w.ord not in (select ord from locked)
  ) s
),
judged as materialized (
  select
    s.*, c.now,
    case
      when s.contended then 'CONTENDED'
      when not s.known and not s.fresh then 'UNKNOWN_RUN'
      when s.requester <> s.run_owner or s.owner <> s.run_owner or s.thread_owner <> s.owner
        then 'FOREIGN'
      when s.known and s.fresh and s.content = s.run_content then 'DUPLICATE'
      when s.known and s.fresh then 'CONFLICT'
      when s.open and s.run_ended then 'ENDED'
      when s.executor_epoch is not null
        and (s.lease_owner is null or s.epoch <> s.executor_epoch or s.lease_expires_at < c.now)
        then 'FENCED'
      when s.at_seq <> s.last_seq then 'MOVED'
      when s.lease in ('acquire', 'visit', 'break') and s.lease_expires_at >= c.now then 'HELD'
      when s.lease in ('acquire', 'visit') and s.rests_until > c.now then 'HELD'
      when s.lease in ('extend', 'release', 'break') and s.lease_owner is null then 'NOT_HELD'
    end as refusal
  from subject s
  cross join clock c
),
claimed as (
  insert into runtime.threads (thread_id, owner)
  select distinct on (thread_id) thread_id, owner
  from judged
  where fresh and refusal is null and thread_owner is null
  order by thread_id, ord
  on conflict (thread_id) do update set owner = threads.owner
  returning thread_id, owner
),
allowed as materialized (
  select
    *,
    case
      when fresh and refusal is null and thread_owner is null
        and (thread_id, owner) not in (select thread_id, owner from claimed)
        then 'FOREIGN'
      else refusal
    end as verdict
  from judged
),
-- A new run has its first frame behind run.created.
keyed as (
  insert into runtime.frames (run_id, frame_id, digest, seq)
  select run_id, frame_id, frame_digest, last_seq + case when fresh then 2 else 1 end
  from allowed
  where frame_id is not null and verdict is null
  order by run_id
  on conflict do nothing
  returning run_id
),
decided as materialized (
  select
    ord, run_id, known, now, events, last_seq as seq_before, epoch as epoch_before, verdict,
    status, ended, waiting_for, wait_until, reason_class, recoveries,
    thread_id, owner, agent, agent_version, content,
    case
      when verdict is null and frame_id is not null and run_id not in (select run_id from keyed)
        then 'FRAME_KNOWN'
      else verdict
    end as outcome,
    case when lease in ('acquire', 'visit', 'break') then epoch + 1 else epoch end as epoch,
    case lease
      when 'keep' then lease_owner
      when 'extend' then lease_owner
      when 'acquire' then lease_node
    end as lease_owner,
    case
      when lease = 'keep' then lease_expires_at
      when lease in ('acquire', 'extend') then now + lease_micros * interval '1 microsecond'
    end as lease_expires_at,
    case wake
      when 'keep' then wake_at
      when 'now' then least(wake_at, greatest(now, rests_until))
      when 'after' then now + wake_micros * interval '1 microsecond'
      when 'at' then wake_time
    end as wake_at,
    case wake
      when 'after' then now + wake_micros * interval '1 microsecond'
      else rests_until
    end as rests_until
  from allowed
),
begun as (
  insert into runtime.runs (
    run_id, last_seq, epoch, lease_expires_at, wake_at, rests_until, wait_until, created_at, updated_at,
    ended_at, recoveries, agent_version, thread_id, owner, agent, content, status, waiting_for,
    reason_class, lease_owner
  )
  select
    run_id, events, epoch, lease_expires_at, wake_at, rests_until, wait_until, now, now,
    case when ended then now end, recoveries, agent_version, thread_id, owner, agent, content,
    status, waiting_for, reason_class, lease_owner
  from decided
  where not known and outcome is null
  order by run_id
  on conflict do nothing
  returning run_id
),
changed as (
  update runtime.runs r
  set
    last_seq = d.seq_before + d.events,
    epoch = d.epoch,
    lease_owner = d.lease_owner,
    lease_expires_at = d.lease_expires_at,
    wake_at = d.wake_at,
    rests_until = d.rests_until,
    updated_at = d.now,
    status = case when d.status is null then r.status else d.status end,
    waiting_for = case when d.status is null then r.waiting_for else d.waiting_for end,
    wait_until = case when d.status is null then r.wait_until else d.wait_until end,
    reason_class = case when d.status is null then r.reason_class else d.reason_class end,
    recoveries = case when d.status is null then r.recoveries else d.recoveries end,
    ended_at = case when d.ended then coalesce(r.ended_at, d.now) else r.ended_at end
  from decided d
  where r.run_id = d.run_id and d.known and d.outcome is null
),
-- One row: for each write, by ordinal, its run and the sequence before it, or -1.
placed as materialized (
  select
    array_agg(run_id order by ord) as run_id,
    array_agg(case when outcome is null then seq_before else -1 end order by ord) as seq
  from decided
),
logged as (
  insert into runtime.events (run_id, seq, occurred_at, epoch, version, type, trace_id, payload)
  select
    p.run_id[e.ord], p.seq[e.ord] + e.place, c.now, e.epoch, e.version, e.type, e.trace_id,
    e.payload::json
  from unnest(?::int[], ?::int[], ?::bigint[], ?::text[], ?::int[], ?::text[], ?::text[])
    as e(ord, place, epoch, trace_id, version, type, payload)
  cross join placed p
  cross join clock c
  where p.seq[e.ord] >= 0
)
select
  outcome, now,
  case when outcome is null then seq_before + events else seq_before end as last_seq,
  case when outcome is null then epoch else epoch_before end as epoch,
  case
    when not known and verdict is null and run_id not in (select run_id from begun)
      then runtime.begun_elsewhere()
  end
from decided
order by ord
