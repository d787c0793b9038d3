package com.openagents.runtime.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.convex.ConvexCredential.AdminKey;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionSink.Outcome;
import com.openagents.runtime.projection.ProjectionSink.Outcome.Kind;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import com.openagents.runtime.projection.SinkRefusing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G11")
class ImportingSinkTest {

  private static final String THREADS = Threads.PROJECTION;
  private static final int MANY = ImportingSink.IMPORTED_FROM;

  private final Facade facade = Facade.fresh();
  private final ConvexSink plain = facade.sink();
  private final ImportingSink sink =
      new ImportingSink(plain, plain.imports(Facade.HTTP, new AdminKey(Facade.ADMIN_KEY)));

  @BeforeEach
  void begin() {
    sink.open(1);
    assertThat(sink.begin(1, THREADS, 2)).isEqualTo(2);
  }

  private static String name(int i) {
    return "t%04d".formatted(i);
  }

  private static List<Change> many(int count) {
    return new ArrayList<>(
        IntStream.range(0, count).<Change>mapToObj(i -> Threads.upsert(name(i), 3)).toList());
  }

  private List<Kind> delivered(List<Change> changes) {
    return sink.deliver(1, THREADS, 2, changes).stream().map(Outcome::kind).toList();
  }

  @Test
  void a_large_delivery_is_imported_and_a_small_one_is_not() {
    assertThat(delivered(many(MANY))).hasSize(MANY).containsOnly(Kind.APPLIED);
    assertThat(facade.seen("writer:apply")).as("so that the stream moves").hasSize(1);
    assertThat(sink.position(THREADS)).isEqualTo(1);
    assertThat(facade.seen("writerInternal:promote")).isNotEmpty();
    assertThat(sink.page(THREADS, "", 1_000))
        .extracting(Shown::entityId)
        .isEqualTo(IntStream.range(0, MANY).mapToObj(ImportingSinkTest::name).toList());
    assertThat(delivered(List.of(Threads.upsert("one", 1)))).containsExactly(Kind.APPLIED);
    assertThat(facade.seen("writer:apply")).hasSize(2);
  }

  @Test
  void each_document_gets_its_own_outcome() {
    plain.deliver(1, THREADS, 2, List.of(Threads.upsert(name(7), 9), Threads.upsert("gone", 1)));
    List<Change> changes = many(MANY);
    changes.set(3, Threads.with(Threads.upsert(name(3), 3), "owner", "user:43"));
    changes.add(new Change.Delete(Threads.document("gone", 1).entity(), there("gone")));
    List<Kind> kinds = delivered(changes);
    assertThat(kinds.get(3)).isEqualTo(Kind.REFUSED);
    assertThat(kinds.get(7)).isEqualTo(Kind.STALE);
    assertThat(kinds.getLast()).isEqualTo(Kind.APPLIED);
    assertThat(kinds.stream().filter(Kind.APPLIED::equals)).hasSize(MANY - 1);
    assertThat(sink.read(THREADS, List.of("gone", name(3)))).isEmpty();
    assertThat(sink.read(THREADS, List.of(name(7))).getFirst().there().seq()).isEqualTo(9);
  }

  @Test
  void who_asks_for_a_person_does_so_before_anything_is_imported() {
    facade.order("largest", Json.object().put("bytes", 1));
    assertThat(delivered(many(MANY - 1))).contains(Kind.LATER);
    facade.order("largest", Json.object().put("bytes", Json.NULL));
    assertThatThrownBy(() -> delivered(many(MANY)))
        .isInstanceOfSatisfying(
            SinkRefusing.class, no -> assertThat(no.reasonClass()).isEqualTo("failing"));
    assertThat(sink.page(THREADS, "", 1)).isEmpty();
    assertThat(facade.seen("writerInternal:promote")).isEmpty();
    assertThat(delivered(many(MANY))).hasSize(MANY).containsOnly(Kind.APPLIED);
  }

  private Checkpoint there(String thread) {
    return sink.read(THREADS, List.of(thread)).getFirst().there();
  }
}
