-- Payloads too large for the log, under the digest of their bytes.
create table runtime.blobs (
  digest  bytea primary key,
  content bytea not null
);

-- The newest saved fold of each run; dropping all of them costs only time.
create table runtime.checkpoints (
  run_id      uuid primary key,
  through_seq bigint not null,
  format      integer not null,
  digest      bytea not null,
  state       text not null
);

-- The one seal of each ended run.
create table runtime.seals (
  run_id      uuid primary key,
  through_seq bigint not null,
  events      bigint not null,
  head        bytea not null,
  key_id      text not null,
  signature   text not null,
  sealed_at   timestamptz not null
);

-- Which processes share the database: a view for people.
create table runtime.nodes (
  node       text primary key,
  version    text not null,
  executing  integer not null,
  started_at timestamptz not null,
  seen_at    timestamptz not null
);
