package com.openagents.runtime.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.convex.ConvexCredential.AdminKey;
import com.openagents.runtime.convex.ConvexImport.Imported;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionSink.Change.Upsert;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.WriterFenced;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Documents that come by an import are under the same guard as all others.
@Tag("G11")
class ConvexImportTest {

  private static final String THREADS = Threads.PROJECTION;

  private final Facade facade = Facade.fresh();
  private final ConvexSink sink = facade.sink();
  private final ConvexImport imports = sink.imports(Facade.HTTP, new AdminKey(Facade.ADMIN_KEY));

  @BeforeEach
  void begin() {
    sink.open(1);
    sink.begin(1, THREADS, 1);
    sink.deliver(1, THREADS, 1, List.of(Threads.upsert("old", 90), Threads.upsert("gone", 9)));
    sink.begin(1, THREADS, 2);
  }

  private static Iterator<Upsert> documents(Upsert... upserts) {
    return Stream.of(upserts).iterator();
  }

  private static Shown shown(Document document) {
    return new Shown(document.entity().id(), Checkpoint.of(2, document), document.hash());
  }

  @Test
  void what_is_imported_is_shown_as_if_it_had_been_delivered() {
    sink.deliver(1, THREADS, 2, List.of(Threads.upsert("newer", 7), Threads.upsert("same", 3)));
    Imported imported =
        imports.run(
            1,
            THREADS,
            2,
            documents(
                Threads.upsert("fresh", 3),
                Threads.upsert("old", 3),
                Threads.upsert("newer", 6),
                Threads.upsert("same", 3)));
    assertThat(imported).isEqualTo(new Imported(2, 1, 1, 0, List.of()));
    assertThat(sink.read(THREADS, List.of("fresh", "old", "newer")))
        .containsExactly(
            shown(Threads.document("fresh", 3)),
            shown(Threads.document("old", 3)),
            shown(Threads.document("newer", 7)));
    assertThat(sink.sweep(1, THREADS, 2)).isEqualTo(1);
    assertThat(sink.page(THREADS, "", 10))
        .extracting(Shown::entityId)
        .containsExactly("fresh", "newer", "old", "same");
  }

  @Test
  void very_many_come_in_pages() {
    Iterator<Upsert> many =
        IntStream.range(0, 520).mapToObj(i -> Threads.upsert("t%04d".formatted(i), 1)).iterator();
    assertThat(imports.run(1, THREADS, 2, many).applied()).isEqualTo(520);
    assertThat(facade.seen("writerInternal:promote")).hasSize(2);
    assertThat(sink.page(THREADS, "t0000", 2000)).hasSize(519);
  }

  @Test
  void what_cannot_be_taken_is_named() {
    Upsert large = Threads.with(Threads.upsert("large", 1), "latestRunId", "x".repeat(1 << 20));
    Upsert strange = Threads.with(Threads.upsert("strange", 1), "owner", "user:43");
    Imported imported =
        imports.run(1, THREADS, 2, documents(large, strange, Threads.upsert("a", 1)));
    assertThat(imported.applied()).isEqualTo(1);
    assertThat(imported.refused())
        .extracting(ConvexImport.Refusal::documentId)
        .containsExactly("runtime/thread_summary:large", "runtime/thread_summary:strange");
    assertThat(imported.refused()).allMatch(refusal -> !refusal.reason().isEmpty());
  }

  @Test
  void answers_that_are_lost_change_nothing() {
    facade.fault(Json.object().put("cut", "after").put("path", "import"));
    facade.fault(Json.object().put("cut", "after").put("path", "writerInternal:promote"));
    imports.run(1, THREADS, 2, documents(Threads.upsert("a", 1), Threads.upsert("b", 1)));
    assertThat(sink.read(THREADS, List.of("a", "b"))).hasSize(2);
  }

  @Test
  void what_was_left_by_an_import_that_broke_off_is_forgotten() {
    facade.fault(
        Json.object().put("status", 503).put("code", "x").put("path", "writerInternal:promote"));
    assertThatThrownBy(() -> imports.run(1, THREADS, 2, documents(Threads.upsert("a", 1))))
        .isInstanceOf(SinkAway.class);
    imports.run(1, THREADS, 2, documents(Threads.upsert("b", 1)));
    assertThat(sink.read(THREADS, List.of("a", "b")))
        .extracting(Shown::entityId)
        .containsExactly("b");
  }

  @Test
  void a_former_writer_fills_the_table_beside_and_nothing_else() {
    facade.fault(Json.object().put("hold", true).put("path", "writerInternal:promote"));
    var held =
        CompletableFuture.supplyAsync(
            () -> imports.run(1, THREADS, 2, documents(Threads.upsert("a", 1))));
    while (Facade.number(facade.order("seen", Json.object()), "holding") != 1) {
      Thread.onSpinWait();
    }
    ConvexSink next = facade.sink();
    next.open(2);
    facade.order("release", Json.object());
    assertThatThrownBy(held::get).hasCauseInstanceOf(WriterFenced.class);
    assertThat(next.read(THREADS, List.of("a"))).isEmpty();
  }
}
