-- A thread belongs to the first principal that uses it.
create table runtime.threads (
  thread_id text primary key,
  owner     text not null
);

-- One row for each run: fence, sequence, and the part of the fold that can be searched.
-- Appends and heartbeats change it all the time, so half of every page is left free for the next
-- version of a row, and no index covers a column that they change. No index but the primary key
-- holds run_id, so that a plan made for a small table never looks a run up in another.
create table runtime.runs (
  run_id           uuid primary key,
  last_seq         bigint not null,
  epoch            bigint not null,
  floor            bigint not null default 0,
  lease_expires_at timestamptz,
  wake_at          timestamptz,
  wait_until       timestamptz,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  ended_at         timestamptz,
  recoveries       integer not null,
  agent_version    integer not null,
  sealed           boolean not null default false,
  thread_id        text not null,
  owner            text not null,
  agent            text not null,
  content          bytea not null,
  status           text not null,
  waiting_for      text,
  reason_class     text,
  lease_owner      text
) with (fillfactor = 50);

create index runs_by_time on runtime.runs (created_at);
create index runs_by_owner on runtime.runs (owner, created_at);
create index runs_by_thread on runtime.runs (thread_id, created_at);
create index runs_due on runtime.runs (wake_at)
  where lease_owner is null and wake_at is not null and ended_at is null;
create index runs_held on runtime.runs (lease_owner)
  where lease_owner is not null and ended_at is null;
create index runs_unsealed on runtime.runs (created_at)
  where ended_at is not null and not sealed;

-- The log. The payload is json, not jsonb: its text is canonical and keeps its digest.
-- The writer's transaction lets a reader find what became visible since it looked before.
create table runtime.events (
  run_id      uuid not null,
  seq         bigint not null,
  xid         xid8 not null default pg_current_xact_id(),
  occurred_at timestamptz not null,
  epoch       bigint,
  version     integer not null,
  type        text not null,
  trace_id    text,
  payload     json not null,
  primary key (run_id, seq)
) partition by hash (run_id);

create table runtime.events_p0 partition of runtime.events for values with (modulus 8, remainder 0);
create table runtime.events_p1 partition of runtime.events for values with (modulus 8, remainder 1);
create table runtime.events_p2 partition of runtime.events for values with (modulus 8, remainder 2);
create table runtime.events_p3 partition of runtime.events for values with (modulus 8, remainder 3);
create table runtime.events_p4 partition of runtime.events for values with (modulus 8, remainder 4);
create table runtime.events_p5 partition of runtime.events for values with (modulus 8, remainder 5);
create table runtime.events_p6 partition of runtime.events for values with (modulus 8, remainder 6);
create table runtime.events_p7 partition of runtime.events for values with (modulus 8, remainder 7);

create index events_xid on runtime.events (xid);

-- Which frames a run has taken, so that the same frame is taken once.
create table runtime.frames (
  run_id   uuid not null,
  frame_id text not null,
  digest   bytea not null,
  seq      bigint not null,
  primary key (run_id, frame_id)
);

-- Ends a statement that met a run of the same id begun beside it; it is then made again.
create function runtime.begun_elsewhere() returns boolean
language plpgsql as $$
begin
  raise exception using errcode = 'serialization_failure', message = 'the run was begun elsewhere';
end
$$;
