package com.openagents.runtime.postgres.log;

import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Run;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Binds writes to the parameters of `append.sql`, in their order.
final class AppendParameters {

  private AppendParameters() {}

  static void bind(PreparedStatement statement, List<PreparedWrite> writes) throws SQLException {
    var appends = writes.stream().map(PreparedWrite::append).toList();
    var arrays = new ArrayBinder<>(statement, 0, appends);
    arrays.text(a -> a.runId().toString()).int4(a -> a.events().size());
    preconditions(arrays);
    leases(arrays);
    columns(arrays);
    wakes(arrays);
    frames(arrays);
    var beginnings = new ArrayBinder<>(statement, arrays.bound(), writes);
    beginnings(beginnings);
    var events =
        IntStream.range(0, writes.size())
            .boxed()
            .flatMap(i -> EventRow.of(i + 1, writes.get(i)))
            .toList();
    events(new ArrayBinder<>(statement, beginnings.bound(), events));
  }

  private static void preconditions(ArrayBinder<Append> arrays) throws SQLException {
    arrays
        .bool(a -> a.precondition().fresh())
        .int8(a -> a.precondition().executorEpoch())
        .int8(a -> a.precondition().atSeq())
        .bool(a -> a.precondition().open())
        .text(a -> part(a.precondition().owner(), Principal::key));
  }

  private static void leases(ArrayBinder<Append> arrays) throws SQLException {
    arrays
        .text(a -> name(a.lease()))
        .text(a -> a.lease() instanceof LeaseChange.Acquire(var node, _) ? node.value() : null)
        .int8(a -> ttl(a.lease()));
  }

  private static String name(LeaseChange change) {
    return switch (change) {
      case LeaseChange.Keep() -> "keep";
      case LeaseChange.Acquire _ -> "acquire";
      case LeaseChange.Extend _ -> "extend";
      case LeaseChange.Release() -> "release";
      case LeaseChange.Break() -> "break";
      case LeaseChange.End() -> "end";
    };
  }

  private static @Nullable Long ttl(LeaseChange change) {
    return switch (change) {
      case LeaseChange.Acquire(_, Duration ttl) -> micros(ttl);
      case LeaseChange.Extend(Duration ttl) -> micros(ttl);
      default -> null;
    };
  }

  private static void columns(ArrayBinder<Append> arrays) throws SQLException {
    arrays
        .text(a -> part(a.columns(), c -> c.run().status()))
        .bool(a -> part(a.columns(), c -> c.run().ended()))
        .text(a -> part(a.columns(), c -> waitingFor(c.run())))
        .text(a -> part(a.columns(), c -> waitUntil(c.run())))
        .text(a -> part(a.columns(), c -> reasonClass(c.run())))
        .int4(a -> part(a.columns(), Columns::recoveries));
  }

  private static @Nullable String waitingFor(Run run) {
    return run instanceof Run.Waiting(var what, _) ? what.wireName() : null;
  }

  private static @Nullable String waitUntil(Run run) {
    return run instanceof Run.Waiting waiting
        ? part(waiting.until(), AppendParameters::text)
        : null;
  }

  private static @Nullable String reasonClass(Run run) {
    return run instanceof Run.Ended ended ? part(ended.reasonClass(), ReasonClass::wireName) : null;
  }

  private static void wakes(ArrayBinder<Append> arrays) throws SQLException {
    arrays
        .text(a -> name(a.wake()))
        .text(a -> a.wake() instanceof Wake.At(var time) ? text(time) : null)
        .int8(a -> a.wake() instanceof Wake.After(var pause) ? micros(pause) : null);
  }

  private static String name(Wake wake) {
    return switch (wake) {
      case Wake.Keep() -> "keep";
      case Wake.Never() -> "never";
      case Wake.Now() -> "now";
      case Wake.After _ -> "after";
      case Wake.At _ -> "at";
    };
  }

  private static void frames(ArrayBinder<Append> arrays) throws SQLException {
    arrays
        .text(a -> part(a.frame(), key -> key.frameId().value()))
        .bytea(a -> part(a.frame(), key -> key.content().bytes()));
  }

  private static void beginnings(ArrayBinder<PreparedWrite> arrays) throws SQLException {
    arrays
        .text(w -> part(w.created(), c -> c.spec().threadId().value()))
        .text(w -> part(w.created(), c -> c.spec().owner().key()))
        .text(w -> part(w.created(), c -> c.spec().agent().name()))
        .int4(w -> part(w.created(), c -> c.spec().agent().version()))
        .bytea(w -> part(w.created(), c -> c.content().bytes()));
  }

  private static void events(ArrayBinder<EventRow> arrays) throws SQLException {
    arrays
        .int4(EventRow::write)
        .int4(EventRow::place)
        .int8(EventRow::epoch)
        .int4(EventRow::version)
        .text(EventRow::type)
        .text(EventRow::traceId)
        .text(EventRow::payload);
  }

  private static <T, V> @Nullable V part(@Nullable T whole, Function<T, @Nullable V> part) {
    return whole == null ? null : part.apply(whole);
  }

  private static Long micros(Duration duration) {
    return TimeUnit.MICROSECONDS.convert(duration);
  }

  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS).toString();
  }

  /// One event of a write.
  ///
  /// @param write the write's place in the statement, from 1
  /// @param place the event's place in its write, from 1
  private record EventRow(
      int write,
      int place,
      @Nullable Long epoch,
      int version,
      String type,
      @Nullable String traceId,
      String payload) {

    static Stream<EventRow> of(int write, PreparedWrite prepared) {
      Append append = prepared.append();
      String trace = part(append.traceId(), TraceId::value);
      return IntStream.range(0, append.events().size())
          .mapToObj(i ->
              new EventRow(
                  write,
                  i + 1,
                  append.precondition().executorEpoch(),
                  append.events().get(i).version(),
                  append.events().get(i).type(),
                  trace,
                  prepared.payloads().get(i)));
    }
  }
}
