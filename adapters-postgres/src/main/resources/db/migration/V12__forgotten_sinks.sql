-- A sink that is forgotten is told nothing more, and what is known of it goes in steps. The epoch under
-- which a writer last served it says whether one does so now.
alter table runtime.sinks
  add column forgotten    boolean not null default false,
  add column served_epoch bigint not null default 0;
