package com.openagents.runtime.postgres.log;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.val;

import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Ageing;
import com.openagents.runtime.postgres.Queries;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.types.DayToSecond;

/// Ageing over the tables of the log. Thread-safe.
///
/// Only [#note] takes the row of a run, for the moment of one small statement, and passes one that
/// somebody holds. What is removed is in nobody's way: rows of events that no append touches.
public final class PostgresAgeing implements Ageing {

  private static final String DUE =
      """
      select run_id from runtime.runs
      where looked_until is distinct from 'infinity'
        and coalesce(looked_until, created_at) <= now() - {0}
      order by coalesce(looked_until, created_at), run_id
      limit {1}
      """;

  private static final String NOTE =
      """
      with run as (
        select run_id from runtime.runs
        where run_id = {0} and floor = {1} and last_seq >= {2}
        for no key update skip locked
      ), ranges as (
        insert into runtime.aged_ranges
          (run_id, from_seq, through_seq, removed_through, head, key_id, signature, signed_at)
        select run.run_id, r.first, r.through, r.first - 1, decode(r.head, 'hex'), r.key,
          r.signature, r.at::timestamptz
        from run,
          unnest({3}::bigint[], {4}::bigint[], {5}::text[], {6}::text[], {7}::text[], {8}::text[])
            as r (first, through, head, key, signature, at)
      )
      update runtime.runs r set floor = {2}, looked_until = coalesce({9}::timestamptz, 'infinity')
      from run where r.run_id = run.run_id
      """;

  /// Takes ranges until they have as many sequences as wanted; of the last, the first part.
  static final String REMOVE =
      """
      with left_over as (
        select run_id, from_seq, through_seq, removed_through from runtime.aged_ranges
        where removed_through < through_seq
        order by run_id, from_seq limit 200
        for update skip locked
      ), measured as (
        select run_id, from_seq, through_seq, removed_through, through_seq - removed_through as size,
          sum(through_seq - removed_through) over (order by run_id, from_seq) as sum
        from left_over
      ), taken as materialized (
        select run_id, from_seq, removed_through,
          removed_through + least(size, %1$s - (sum - size))::bigint as upto
        from measured where sum - size < %1$s
      ), gone as (
        delete from runtime.events e using taken t
        where e.run_id = t.run_id and e.seq > t.removed_through and e.seq <= t.upto
          and e.type in (%2$s)
      )
      update runtime.aged_ranges a set removed_through = t.upto
      from taken t where a.run_id = t.run_id and a.from_seq = t.from_seq
      returning t.upto - t.removed_through as removed
      """
          .formatted("{0}", pieces());

  private final DSLContext queries;

  public PostgresAgeing(DataSource dataSource) {
    this.queries = Queries.over(dataSource);
  }

  private static String pieces() {
    return Stream.of(EventType.values())
        .filter(type -> type.retention() == Retention.DELTA)
        .map(type -> "'" + type.wireName() + "'")
        .collect(Collectors.joining(", "));
  }

  @Override
  public List<RunId> due(Duration window, int limit) {
    return queries
        .resultQuery(DUE, val(DayToSecond.valueOf(window)), val(limit))
        .fetch(field("run_id", UUID.class))
        .stream()
        .map(RunId::new)
        .toList();
  }

  @Override
  public boolean note(Look look) {
    List<AgedRange> ranges = look.ranges();
    return queries.execute(
            NOTE,
            val(look.runId().value()),
            val(look.found()),
            val(look.floor()),
            each(ranges, AgedRange::from, Long[]::new),
            each(ranges, AgedRange::through, Long[]::new),
            each(ranges, range -> range.head().hex(), String[]::new),
            each(ranges, AgedRange::keyId, String[]::new),
            each(ranges, AgedRange::signature, String[]::new),
            each(ranges, range -> range.at().toString(), String[]::new),
            val(look.lookedUntil() == null ? null : look.lookedUntil().toString()))
        == 1;
  }

  private static <T> Field<T[]> each(
      List<AgedRange> ranges, Function<AgedRange, T> part, IntFunction<T[]> array) {
    return val(ranges.stream().map(part).toArray(array));
  }

  @Override
  public int remove(int limit) {
    return queries.resultQuery(REMOVE, val(limit)).fetch(field("removed", Long.class)).stream()
        .mapToInt(Math::toIntExact)
        .sum();
  }
}
