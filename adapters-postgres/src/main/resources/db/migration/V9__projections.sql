-- Documents about runs and threads, told from the log. All of this can be dropped and told again.

-- The one node that writes documents. Its epoch stands in every write.
create table runtime.projection_writer (
  one        boolean primary key default true check (one),
  node       text not null,
  epoch      bigint not null,
  expires_at timestamptz not null
);

-- The generation and version in which documents are written now.
create table runtime.projections (
  projection text primary key,
  generation bigint not null,
  version    integer not null
);

-- From where on the changes of runs are looked for.
create table runtime.projection_position (
  one      boolean primary key default true check (one),
  position text not null
);

-- How far the documents of each run have come, and what keeps them from coming further.
create table runtime.projected_runs (
  run_id        uuid primary key,
  through_seq   bigint not null,
  parked_seq    bigint,
  parked_reason text,
  parked_at     timestamptz
) with (fillfactor = 70);

create index projected_runs_parked on runtime.projected_runs (parked_at)
  where parked_reason is not null;

-- The body is json, not jsonb: its text is canonical, and the hash is of its text.
create table runtime.documents (
  seq          bigint not null,
  generation   bigint not null,
  projected_at timestamptz not null,
  version      integer not null,
  projection   text not null,
  entity_id    text not null collate "C",
  entity_kind  text not null,
  owner        text not null,
  hash         bytea not null,
  body         json not null,
  primary key (projection, entity_id)
) with (fillfactor = 70);

create index documents_about on runtime.documents (entity_id, entity_kind);
create index documents_by_owner on runtime.documents (owner, projection, projected_at);

-- What was said, and the steps of runs: for people and products that ask with SQL.
create table runtime.read_messages (
  message_id  text primary key,
  run_id      uuid not null,
  seq         bigint not null,
  at          timestamptz not null,
  thread_id   text not null,
  owner       text not null,
  role        text not null,
  interrupted boolean not null,
  body        text not null
);

create index read_messages_by_thread on runtime.read_messages (thread_id, at, seq);
create unique index read_messages_by_run on runtime.read_messages (run_id, seq);

create table runtime.read_run_events (
  event_id text primary key,
  run_id   uuid not null,
  seq      bigint not null,
  at       timestamptz not null,
  type     text not null
);

create unique index read_run_events_by_run on runtime.read_run_events (run_id, seq);

create view runtime.read_runs as
select
  entity_id::uuid as run_id,
  body ->> 'threadId' as thread_id,
  owner,
  body ->> 'agent' as agent,
  body ->> 'status' as status,
  body ->> 'terminalReasonClass' as terminal_reason_class,
  body ->> 'terminalReason' as terminal_reason,
  seq as latest_seq,
  (body ->> 'createdAt')::timestamptz as created_at,
  (body ->> 'updatedAt')::timestamptz as updated_at,
  (body ->> 'terminalAt')::timestamptz as terminal_at
from runtime.documents where projection = 'run_summary';

create view runtime.read_threads as
select
  entity_id as thread_id,
  owner,
  (body ->> 'runCount')::bigint as run_count,
  (body ->> 'openRunCount')::bigint as open_run_count,
  (body ->> 'latestRunId')::uuid as latest_run_id,
  body ->> 'latestRunStatus' as latest_run_status,
  seq as event_count,
  (body ->> 'createdAt')::timestamptz as created_at,
  (body ->> 'updatedAt')::timestamptz as updated_at
from runtime.documents where projection = 'thread_summary';

create table runtime.sinks (
  sink    text primary key,
  paused  boolean not null default false,
  trouble text
);

-- What each sink should have of each document, what it has, and why it does not get it. A document
-- is due while the two differ and nothing is parked.
create table runtime.sink_documents (
  wanted_generation bigint,
  wanted_seq        bigint,
  there_generation  bigint,
  there_seq         bigint,
  due_since         timestamptz not null,
  parked_at         timestamptz,
  wanted_version    integer,
  there_version     integer,
  sink              text not null,
  projection        text not null,
  entity_id         text not null collate "C",
  entity_kind       text not null,
  wanted_hash       bytea,
  there_hash        bytea,
  parked_reason     text,
  primary key (sink, projection, entity_id)
) with (fillfactor = 70);

create index sink_documents_due on runtime.sink_documents (sink, due_since)
  where parked_reason is null
    and (wanted_generation, wanted_seq, wanted_version, wanted_hash)
      is distinct from (there_generation, there_seq, there_version, there_hash);

create index sink_documents_parked on runtime.sink_documents (sink, parked_at)
  where parked_reason is not null;

-- Rebuilds that were asked for, with how far they have come.
create table runtime.projection_rebuilds (
  number       bigint generated always as identity primary key,
  ended        boolean not null default false,
  requested_at timestamptz not null default clock_timestamp(),
  at           timestamptz not null default clock_timestamp(),
  request      json not null,
  progress     json not null
);
