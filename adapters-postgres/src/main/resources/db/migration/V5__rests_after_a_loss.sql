-- Before when nobody may take a run that lost its executor, whatever arrives. It changes only
-- at a loss. A cancel is not held up, for it ends a run that nobody executes by itself.
alter table runtime.runs add column rests_until timestamptz;
