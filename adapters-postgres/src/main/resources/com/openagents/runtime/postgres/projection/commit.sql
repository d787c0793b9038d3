with fence as materialized (
  select epoch from runtime.projection_writer where epoch = {0} for share
),
reached as (
  insert into runtime.projected_runs as r
    (run_id, through_seq, parked_seq, parked_reason, parked_at)
  select
    coalesce(n.run_id, p.run_id)::uuid, coalesce(n.through_seq, 0), p.seq, p.reason,
    case when p.run_id is not null then clock_timestamp() end
  from unnest({1}::text[], {2}::bigint[]) as n (run_id, through_seq)
    full join unnest({26}::text[], {27}::bigint[], {28}::text[]) as p (run_id, seq, reason)
      on p.run_id = n.run_id
    cross join fence
  order by 1
  on conflict (run_id) do update set
    through_seq = greatest(r.through_seq, excluded.through_seq),
    parked_seq = excluded.parked_seq, parked_reason = excluded.parked_reason,
    parked_at = case
      when excluded.parked_reason is not null
      then coalesce(r.parked_at, excluded.parked_at) end
),
written as (
  insert into runtime.documents as d
    (projection, entity_id, entity_kind, seq, version, generation, hash, owner, body, projected_at)
  select
    n.projection, n.entity_id, n.entity_kind, n.seq, n.version, n.generation,
    decode(n.hash, 'hex'), n.owner, n.body::json, clock_timestamp()
  from unnest(
    {3}::text[], {4}::text[], {5}::text[], {6}::bigint[], {7}::bigint[], {8}::bigint[],
    {9}::text[], {10}::text[], {11}::text[]
  ) as n (projection, entity_id, entity_kind, seq, version, generation, hash, owner, body), fence
  order by n.projection, n.entity_id collate "C"
  on conflict (projection, entity_id) do update set
    seq = excluded.seq, version = excluded.version, generation = excluded.generation,
    hash = excluded.hash, owner = excluded.owner, body = excluded.body,
    projected_at = excluded.projected_at
  where (excluded.generation, excluded.seq, excluded.version) > (d.generation, d.seq, d.version)
    or (excluded.generation, excluded.seq, excluded.version) = (d.generation, d.seq, d.version)
      and (excluded.hash <> d.hash or excluded.body::text <> d.body::text)
  returning d.projection, d.entity_id, d.entity_kind, d.seq, d.version, d.generation, d.hash
),
marked as (
  insert into runtime.sink_documents as m
    (sink, projection, entity_id, entity_kind, wanted_generation, wanted_seq, wanted_version,
      wanted_hash, due_since)
  select
    s.sink, w.projection, w.entity_id, w.entity_kind, w.generation, w.seq, w.version, w.hash,
    clock_timestamp()
  from written w join runtime.sinks s on not s.forgotten
  order by s.sink, w.projection, w.entity_id
  on conflict (sink, projection, entity_id) do update set
    wanted_generation = excluded.wanted_generation, wanted_seq = excluded.wanted_seq,
    wanted_version = excluded.wanted_version, wanted_hash = excluded.wanted_hash,
    parked_reason = null, parked_at = null,
    due_since = case
      when m.parked_reason is null
        and (m.wanted_generation, m.wanted_seq, m.wanted_version, m.wanted_hash)
          is distinct from (m.there_generation, m.there_seq, m.there_version, m.there_hash)
      then m.due_since else excluded.due_since end
),
messages as (
  insert into runtime.read_messages as r
    (message_id, run_id, seq, at, thread_id, owner, role, interrupted, body)
  select
    n.message_id, n.run_id::uuid, n.seq, n.at::timestamptz, n.thread_id, n.owner, n.role,
    n.interrupted::boolean, n.body
  from unnest(
    {12}::text[], {13}::text[], {14}::bigint[], {15}::text[], {16}::text[], {17}::text[],
    {18}::text[], {19}::text[], {20}::text[]
  ) as n (message_id, run_id, seq, at, thread_id, owner, role, interrupted, body), fence
  on conflict (message_id) do update set
    run_id = excluded.run_id, seq = excluded.seq, at = excluded.at,
    thread_id = excluded.thread_id, owner = excluded.owner, role = excluded.role,
    interrupted = excluded.interrupted, body = excluded.body
  where (r.run_id, r.seq, r.at, r.thread_id, r.owner, r.role, r.interrupted, r.body)
    is distinct from (excluded.run_id, excluded.seq, excluded.at, excluded.thread_id,
      excluded.owner, excluded.role, excluded.interrupted, excluded.body)
),
steps as (
  insert into runtime.read_run_events as r (event_id, run_id, seq, at, type)
  select n.event_id, n.run_id::uuid, n.seq, n.at::timestamptz, n.type
  from unnest({21}::text[], {22}::text[], {23}::bigint[], {24}::text[], {25}::text[])
    as n (event_id, run_id, seq, at, type), fence
  on conflict (event_id) do update set
    run_id = excluded.run_id, seq = excluded.seq, at = excluded.at, type = excluded.type
  where (r.run_id, r.seq, r.at, r.type)
    is distinct from (excluded.run_id, excluded.seq, excluded.at, excluded.type)
),
moved as (
  insert into runtime.projection_position (position)
  select {29}::text from fence where {29}::text is not null
  on conflict (one) do update set position = excluded.position
)
select (select count(*) from fence) as held, (select count(*) from written) as done
