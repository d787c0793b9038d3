-- Since when events of a run were written at which ageing has not looked yet: null when it never
-- has looked, infinity when nothing of the run will age any more.
alter table runtime.runs add column looked_until timestamptz;

create index runs_ageing on runtime.runs (coalesce(looked_until, created_at))
  where looked_until is distinct from 'infinity';

-- Pieces that aged out of a log, with the signed hash that keeps its chain whole without them.
-- They are removed from the log by and by, from the beginning of each range.
create table runtime.aged_ranges (
  run_id          uuid not null,
  from_seq        bigint not null,
  through_seq     bigint not null,
  removed_through bigint not null,
  head            bytea not null,
  key_id          text not null,
  signature       text not null,
  signed_at       timestamptz not null,
  primary key (run_id, from_seq)
);

create index aged_ranges_left on runtime.aged_ranges (run_id, from_seq)
  where removed_through < through_seq;

create index aged_ranges_by_key on runtime.aged_ranges (key_id);
