package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.postgres.log.Column.bool;
import static com.openagents.runtime.postgres.log.Column.bytea;
import static com.openagents.runtime.postgres.log.Column.int4;
import static com.openagents.runtime.postgres.log.Column.int8;
import static com.openagents.runtime.postgres.log.Column.text;

import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A write as the append statements take it, column by column in their order.
final class WriteColumns {

  static final Column<Append> RUN_ID = text(a -> a.runId().toString());

  /// What a write asks of its run and does to it.
  static final List<Column<Append>> CHANGE =
      List.of(
          int4(a -> a.events().size()),
          int8(a -> a.precondition().executorEpoch()),
          int8(a -> a.precondition().atSeq()),
          bool(a -> a.precondition().open()),
          text(a -> part(a.precondition().owner(), Principal::key)),
          text(a -> name(a.lease())),
          text(a -> a.lease() instanceof LeaseChange.Acquire(var node, _) ? node.value() : null),
          int8(a -> ttl(a.lease())),
          text(a -> part(a.columns(), c -> c.run().status())),
          bool(a -> part(a.columns(), c -> c.run().ended())),
          text(a -> part(a.columns(), c -> waitingFor(c.run()))),
          text(a -> part(a.columns(), c -> waitUntil(c.run()))),
          text(a -> part(a.columns(), c -> reasonClass(c.run()))),
          int4(a -> part(a.columns(), Columns::recoveries)),
          text(a -> name(a.wake())),
          text(a -> a.wake() instanceof Wake.At(var time) ? time(time) : null),
          int8(a -> a.wake() instanceof Wake.After(var pause) ? micros(pause) : null),
          text(a -> part(a.frame(), key -> key.frameId().value())),
          bytea(a -> part(a.frame(), key -> key.content().bytes())));

  /// What a write that begins a run says of it.
  static final List<Column<PreparedWrite>> BEGINNING =
      List.of(
          bool(w -> w.created() != null),
          text(w -> part(w.created(), c -> c.spec().threadId().value())),
          text(w -> part(w.created(), c -> c.spec().owner().key())),
          text(w -> part(w.created(), c -> c.spec().agent().name())),
          int4(w -> part(w.created(), c -> c.spec().agent().version())),
          bytea(w -> part(w.created(), c -> c.content().bytes())));

  private WriteColumns() {}

  private static String name(LeaseChange change) {
    return switch (change) {
      case LeaseChange.Keep() -> "keep";
      case LeaseChange.Acquire _ -> "acquire";
      case LeaseChange.Visit() -> "visit";
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

  static @Nullable String waitingFor(Run run) {
    return run instanceof Run.Waiting waiting ? waiting.waitingFor().wireName() : null;
  }

  private static @Nullable String waitUntil(Run run) {
    return run instanceof Run.Waiting waiting ? part(waiting.until(), WriteColumns::time) : null;
  }

  static @Nullable String reasonClass(Run run) {
    return run instanceof Run.Ended ended ? part(ended.reasonClass(), ReasonClass::wireName) : null;
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

  private static Long micros(Duration duration) {
    return TimeUnit.MICROSECONDS.convert(duration);
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS).toString();
  }

  private static <T, V> @Nullable V part(@Nullable T whole, Function<T, @Nullable V> part) {
    return whole == null ? null : part.apply(whole);
  }
}
