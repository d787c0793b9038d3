-- Projections of the release that a sink cannot show, as it said when it was opened.
alter table runtime.sinks add column unshown text[] not null default '{}';
