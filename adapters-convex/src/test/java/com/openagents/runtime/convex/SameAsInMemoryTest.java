package com.openagents.runtime.convex;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.inmemory.InMemorySink;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.testkit.generate.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is delivered in whatever order, a deployment answers and shows what the sink in memory
/// does.
@Tag("G11")
class SameAsInMemoryTest {

  private static final int STEPS = 40;
  private static final String THREADS = Threads.PROJECTION;
  private static final Instant AT = Instant.parse("2026-11-22T06:00:00.000001Z");

  private final ProjectionSink convex = Facade.fresh().sink();
  private final ProjectionSink memory = new InMemorySink("memory");
  private long epoch = 1;
  private long generation = 1;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void the_same_deliveries_come_to_the_same(int seed) {
    RandomGenerator random = Seeds.random(seed);
    begin();
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(12)) {
        case 0 -> {
          epoch++;
          both().forEach(sink -> sink.open(epoch));
        }
        case 1 -> {
          generation++;
          begin();
        }
        case 2 -> both().forEach(this::sweep);
        default -> deliver(random);
      }
      assertThat(convex.page(THREADS, "", 100))
          .as("seed %d, step %d", seed, step)
          .isEqualTo(memory.page(THREADS, "", 100));
    }
  }

  private List<ProjectionSink> both() {
    return List.of(convex, memory);
  }

  private void begin() {
    both()
        .forEach(sink -> {
          sink.open(epoch);
          sink.begin(epoch, THREADS, generation);
        });
  }

  private void sweep(ProjectionSink sink) {
    while (sink.sweep(epoch, THREADS, generation) > 0) {
      assertThat(sink.page(THREADS, "", 100)).hasSizeLessThan(100);
    }
  }

  private void deliver(RandomGenerator random) {
    List<Change> changes = new ArrayList<>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      changes.add(change(random));
    }
    assertThat(convex.deliver(epoch, THREADS, generation, changes))
        .as("%s", changes)
        .isEqualTo(memory.deliver(epoch, THREADS, generation, changes));
  }

  /// Documents stand at even places and deletions at odd ones: what wins a tie is not a law.
  private static Change change(RandomGenerator random) {
    String id = "t" + random.nextInt(4);
    long place = 2L * random.nextInt(1, 5);
    Document document = Threads.document(id, place);
    if (random.nextInt(4) == 0) {
      return new Change.Delete(document.entity(), new Checkpoint(1, place + 1, 1, document.hash()));
    }
    Change.Upsert upsert = new Change.Upsert(document, AT);
    return random.nextBoolean() ? upsert : Threads.with(upsert, "latestRunStatus", "waiting");
  }
}
