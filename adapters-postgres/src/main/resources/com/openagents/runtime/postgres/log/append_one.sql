-- One write to one run that exists: what append.sql does, in fewer steps.
--
-- When anything stands against the write it changes nothing and answers no row; the statement for
-- batches then tells what it is. A run without a lease has no time at which it expires, so that
-- no comparison with it is true.
with
locked as materialized (
  select run_id, last_seq, epoch, owner, ended_at, lease_owner, lease_expires_at, wake_at,
    rests_until
  from runtime.runs r
  where run_id = ?::uuid
  for no key update of r
),
timed as materialized (
  select *, clock_timestamp() as now from locked
),
wanted (
  events, executor_epoch, at_seq, open, requester,
  lease, lease_node, lease_micros,
  status, ended, waiting_for, wait_until, reason_class, recoveries,
  wake, wake_time, wake_micros,
  frame_id, frame_digest
) as materialized (
  values (
    ?::int, ?::bigint, ?::bigint, ?::boolean, ?::text,
    ?::text, ?::text, ?::bigint,
    ?::text, ?::boolean, ?::text, ?::text::timestamptz, ?::text, ?::int,
    ?::text, ?::text::timestamptz, ?::bigint,
    ?::text, ?::bytea
  )
),
allowed as materialized (
  select
    r.run_id, r.last_seq, r.now, w.events, w.executor_epoch, w.frame_id, w.frame_digest,
    w.status, w.ended, w.waiting_for, w.wait_until, w.reason_class, w.recoveries,
    case when w.lease in ('acquire', 'visit', 'break') then r.epoch + 1 else r.epoch end as epoch,
    case w.lease
      when 'keep' then r.lease_owner
      when 'extend' then r.lease_owner
      when 'acquire' then w.lease_node
    end as lease_owner,
    case
      when w.lease = 'keep' then r.lease_expires_at
      when w.lease in ('acquire', 'extend') then r.now + w.lease_micros * interval '1 microsecond'
    end as lease_expires_at,
    case w.wake
      when 'keep' then r.wake_at
      when 'now' then least(r.wake_at, greatest(r.now, r.rests_until))
      when 'after' then r.now + w.wake_micros * interval '1 microsecond'
      when 'at' then w.wake_time
    end as wake_at,
    case w.wake
      when 'after' then r.now + w.wake_micros * interval '1 microsecond'
      else r.rests_until
    end as rests_until
  from timed r cross join wanted w
  where (w.requester is null or r.owner = w.requester)
    and not (w.open and r.ended_at is not null)
    and (
      w.executor_epoch is null
      or (r.epoch = w.executor_epoch and r.lease_expires_at >= r.now)
    )
    and (w.at_seq is null or r.last_seq = w.at_seq)
    and case
      when w.lease in ('acquire', 'visit') then
        (r.lease_owner is null or r.lease_expires_at < r.now)
        and (r.rests_until is null or r.rests_until <= r.now)
      when w.lease = 'break' then r.lease_owner is not null and r.lease_expires_at < r.now
      when w.lease in ('extend', 'release') then r.lease_owner is not null
      else true
    end
),
keyed as (
  insert into runtime.frames (run_id, frame_id, digest, seq)
  select run_id, frame_id, frame_digest, last_seq + 1 from allowed where frame_id is not null
  on conflict do nothing
  returning run_id
),
changed as (
  update runtime.runs r
  set
    last_seq = a.last_seq + a.events,
    epoch = a.epoch,
    lease_owner = a.lease_owner,
    lease_expires_at = a.lease_expires_at,
    wake_at = a.wake_at,
    rests_until = a.rests_until,
    updated_at = a.now,
    status = coalesce(a.status, r.status),
    waiting_for = case when a.status is null then r.waiting_for else a.waiting_for end,
    wait_until = case when a.status is null then r.wait_until else a.wait_until end,
    reason_class = case when a.status is null then r.reason_class else a.reason_class end,
    recoveries = coalesce(a.recoveries, r.recoveries),
    ended_at = case when a.ended then coalesce(r.ended_at, a.now) else r.ended_at end
  from allowed a
  where r.run_id = a.run_id and (a.frame_id is null or exists (select from keyed))
  returning r.run_id, r.last_seq, r.epoch, r.updated_at, a.last_seq as seq_before, a.executor_epoch
),
logged as (
  insert into runtime.events (run_id, seq, occurred_at, epoch, version, type, trace_id, payload)
  select
    c.run_id, c.seq_before + e.place, c.updated_at, c.executor_epoch, e.version, e.type, ?::text,
    e.payload::json
  from changed c
  cross join unnest(?::int[], ?::text[], ?::text[]) with ordinality
    as e(version, type, payload, place)
)
select null::text, updated_at, last_seq, epoch from changed
