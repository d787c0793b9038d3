-- Why a sink does not let go of a stream whose projection is told no more.
alter table runtime.sink_streams add column stays text;
