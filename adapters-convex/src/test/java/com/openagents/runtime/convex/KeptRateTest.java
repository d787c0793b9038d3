package com.openagents.runtime.convex;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.convex.Batches.Target;
import com.openagents.runtime.convex.ConvexCredential.AdminKey;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionSink.Change.Upsert;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// All that is written to a deployment counts against one rate, also what it is made to write by
/// itself.
class KeptRateTest {

  private static final String THREADS = Threads.PROJECTION;
  private static final List<Upsert> DOCUMENTS =
      IntStream.range(0, 20).mapToObj(i -> Threads.upsert("t%03d".formatted(i), 1)).toList();

  private static final Duration BYTE = Duration.ofNanos(1_000);

  private final Facade facade = Facade.fresh();

  /// A clock that stands still: whatever is taken is still to be paid for.
  private final WriteRate rate = new WriteRate(1_000_000, () -> 0);

  private final ConvexSink unhurried = facade.sink();
  private final ConvexSink sink = facade.sink(rate);

  @BeforeEach
  void deliver() {
    unhurried.open(1);
    unhurried.begin(1, THREADS, 1);
    unhurried.deliver(1, THREADS, 1, List.<Change>copyOf(DOCUMENTS));
    unhurried.begin(1, THREADS, 2);
    assertThat(rate.take(0)).isZero();
  }

  @Test
  void what_is_swept_counts() {
    assertThat(sink.sweep(1, THREADS, 2)).isEqualTo(DOCUMENTS.size());
    assertThat(owed()).isBetween(200L * DOCUMENTS.size(), 1_000L * DOCUMENTS.size());
  }

  @Test
  void what_is_imported_counts_as_it_comes_and_as_it_goes_among_the_documents() {
    sink.imports(Facade.HTTP, new AdminKey(Facade.ADMIN_KEY))
        .run(1, THREADS, 2, DOCUMENTS.iterator());
    long lines =
        DOCUMENTS.stream()
            .map(document -> ImportLine.of(new Target(1, THREADS, 2), document))
            .mapToLong(line -> line.length() + 1)
            .sum();
    assertThat(owed()).isBetween(lines * 2, lines * 7 / 2);
  }

  /// Bytes that are still to be paid for.
  private long owed() {
    return rate.take(0).dividedBy(BYTE);
  }
}
