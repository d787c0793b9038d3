package com.openagents.runtime.postgres.projection;

import com.openagents.runtime.projection.ReadRow.Table;

/// The statements about rows of the read models.
final class RowStatements {

  /// Says what [com.openagents.runtime.projection.ReadRow#hash] is of.
  private static final String MESSAGES =
      """
      select message_id as id, seq,
        encode(sha256(convert_to(
          run_id::text || E'\\n' || seq || E'\\n' || (extract(epoch from at) * 1000000)::bigint
            || E'\\n' || thread_id || E'\\n' || owner || E'\\n' || role || E'\\n'
            || interrupted::text || E'\\n' || body, 'UTF8')), 'hex') as hash
      from runtime.read_messages where run_id = {0}::uuid and seq > {1} order by seq limit {2}
      """;

  private static final String STEPS =
      """
      select event_id as id, seq,
        encode(sha256(convert_to(
          run_id::text || E'\\n' || seq || E'\\n' || (extract(epoch from at) * 1000000)::bigint
            || E'\\n' || type, 'UTF8')), 'hex') as hash
      from runtime.read_run_events where run_id = {0}::uuid and seq > {1} order by seq limit {2}
      """;

  /// Goes from one run to the next, and reads no more rows than runs.
  static final String RUNS =
      """
      with recursive told (run_id) as (
        select least(
          (select m.run_id from runtime.read_messages m
            where {0}::text is null or m.run_id > {0}::uuid order by m.run_id limit 1),
          (select e.run_id from runtime.read_run_events e
            where {0}::text is null or e.run_id > {0}::uuid order by e.run_id limit 1))
        union all
        select least(
          (select m.run_id from runtime.read_messages m
            where m.run_id > t.run_id order by m.run_id limit 1),
          (select e.run_id from runtime.read_run_events e
            where e.run_id > t.run_id order by e.run_id limit 1))
        from told t where t.run_id is not null
      )
      select run_id from told where run_id is not null limit {1}
      """;

  static final String REMOVE =
      Fence.BEGIN
          + """
          , stretches as materialized (
            select s.run_id::uuid as run_id, s.after_seq, s.through_seq
            from unnest({1}::text[], {2}::bigint[], {3}::bigint[])
              as s (run_id, after_seq, through_seq), fence
          ), messages as (
            select r.message_id
            from stretches s join runtime.read_messages r
              on r.run_id = s.run_id and r.seq > s.after_seq and r.seq <= s.through_seq
            where not exists (select from unnest({4}::text[]) as t (id) where t.id = r.message_id)
            limit {5}
          ), steps as (
            select r.event_id
            from stretches s join runtime.read_run_events r
              on r.run_id = s.run_id and r.seq > s.after_seq and r.seq <= s.through_seq
            where not exists (select from unnest({4}::text[]) as t (id) where t.id = r.event_id)
            limit {5}
          ), gone as (
            delete from runtime.read_messages r using messages m
            where r.message_id = m.message_id returning 1
          ), gone_steps as (
            delete from runtime.read_run_events r using steps e
            where r.event_id = e.event_id returning 1
          )
          select (select count(*) from fence) as held,
            (select count(*) from gone) + (select count(*) from gone_steps) as done
          """;

  private RowStatements() {}

  static String rows(Table table) {
    return switch (table) {
      case MESSAGES -> MESSAGES;
      case STEPS -> STEPS;
    };
  }
}
