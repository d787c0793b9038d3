-- How far each stream may stand by what was written to it from here, noted before that is sent. A sink
-- that stands beyond it has taken what this database knows nothing of, as after a restore of a backup.
alter table runtime.sink_streams add column reserved bigint not null default 0;

update runtime.sink_streams set reserved = position;
