package com.openagents.runtime.convex;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.convex.ConvexCredential.AdminKey;
import com.openagents.runtime.convex.ConvexImport.Imported;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionSink.Change.Upsert;
import com.openagents.runtime.projection.ProjectionSink.Outcome;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Documents that are more together than a call of a deployment may read or write.
@Tag("G11")
class LargeDocumentsTest {

  private static final String THREADS = Threads.PROJECTION;
  private static final int COUNT = 24;
  private static final int BYTES = 900_000;
  private static final List<Upsert> LARGE =
      IntStream.range(0, COUNT).mapToObj(LargeDocumentsTest::large).toList();
  private static final List<String> IDS =
      LARGE.stream().map(one -> one.document().entity().id()).toList();

  private final Facade facade = Facade.fresh();
  private final AtomicLong now = new AtomicLong();

  /// A second, whenever it is looked at: nobody waits.
  private final WriteRate rate =
      new WriteRate(1 << 30, () -> now.addAndGet(Duration.ofSeconds(1).toNanos()));

  private final ConvexSink sink = facade.sink(rate);

  private static Upsert large(int i) {
    return Threads.with(Threads.upsert("t%03d".formatted(i), 1), "latestRunId", "x".repeat(BYTES));
  }

  @BeforeEach
  void deliver() {
    sink.open(1);
    sink.begin(1, THREADS, 1);
    assertThat(sink.deliver(1, THREADS, 1, List.<Change>copyOf(LARGE)))
        .extracting(Outcome::kind)
        .containsOnly(Outcome.Kind.APPLIED);
  }

  @Test
  void are_read_in_as_many_calls_as_it_takes() {
    assertThat(sink.read(THREADS, IDS)).extracting(Shown::entityId).isEqualTo(IDS);
    assertThat(sink.page(THREADS, "", 100)).extracting(Shown::entityId).isEqualTo(IDS);
  }

  @Test
  void are_swept_in_as_many_calls_as_it_takes() {
    sink.begin(1, THREADS, 2);
    int swept = 0;
    for (int some = sink.sweep(1, THREADS, 2); some > 0; some = sink.sweep(1, THREADS, 2)) {
      assertThat(some).isLessThan(COUNT);
      swept += some;
    }
    assertThat(swept).isEqualTo(COUNT);
    assertThat(sink.page(THREADS, "", 100)).isEmpty();
  }

  @Test
  void are_replaced_by_small_ones_that_are_imported() {
    sink.begin(1, THREADS, 2);
    List<Upsert> small = IDS.stream().map(id -> Threads.upsert(id, 1)).toList();
    Imported imported =
        sink.imports(Facade.HTTP, new AdminKey(Facade.ADMIN_KEY))
            .run(1, THREADS, 2, small.iterator());
    assertThat(imported).isEqualTo(new Imported(COUNT, 0, 0, 0, List.of()));
  }

  @Test
  void are_imported_in_as_many_calls_as_it_takes() {
    sink.begin(1, THREADS, 2);
    Imported imported =
        sink.imports(Facade.HTTP, new AdminKey(Facade.ADMIN_KEY))
            .run(1, THREADS, 2, LARGE.iterator());
    assertThat(imported).isEqualTo(new Imported(COUNT, 0, 0, 0, List.of()));
    assertThat(sink.sweep(1, THREADS, 2)).isZero();
  }
}
