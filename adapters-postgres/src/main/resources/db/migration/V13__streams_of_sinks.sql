-- Where each stream of a sink stood when it was last heard of: one that stands before that has lost
-- what it was given since.
create table runtime.sink_streams (
  generation bigint not null,
  position   bigint not null,
  sink       text not null,
  projection text not null,
  primary key (sink, projection)
) with (fillfactor = 70);
