package com.openagents.runtime.testkit.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.ProjectionStore.ParkedRun;
import com.openagents.runtime.projection.ProjectionStore.Written;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.ProjectionFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What all suites of kept documents share: a fresh store for each test, and short ways to write.
public abstract class ProjectionSuite {

  static final Duration TTL = Drafts.TTL;

  /// Longer than [#TTL], with a margin for the time that a test itself takes.
  static final Duration MORE_THAN_TTL = TTL.plusMinutes(1);

  private ProjectionFixture store;

  /// Opens a store, fresh and empty; the suite closes it.
  protected abstract ProjectionFixture openStore();

  @BeforeEach
  final void open() {
    store = openStore();
  }

  @AfterEach
  final void close() {
    store.close();
  }

  final ProjectionFixture store() {
    return store;
  }

  /// Takes the writer's lease.
  final WriterLease lead() {
    Optional<WriterLease> lease = store.writers().acquire(Drafts.NODE, TTL);
    assertThat(lease).as("the writer's lease").isPresent();
    return lease.orElseThrow();
  }

  /// Lets another writer take over.
  ///
  /// @return its epoch
  final long takeOver() {
    store.passTime(MORE_THAN_TTL);
    Optional<WriterLease> lease = store.writers().acquire(Drafts.OTHER_NODE, TTL);
    assertThat(lease).as("the lease of the next writer").isPresent();
    return lease.orElseThrow().epoch();
  }

  final void keep(long epoch, long generation, Document... documents) {
    commit(epoch, commit(generation, Map.of(), documents));
  }

  final void commit(long epoch, Commit commit) {
    store.projections().commit(epoch, commit);
  }

  static Commit commit(long generation, Map<RunId, Long> through, Document... documents) {
    List<Written> written =
        Stream.of(documents).map(document -> new Written(document, generation)).toList();
    return new Commit(through, written, List.of(), List.of(), null);
  }

  static Commit at(@Nullable Position position) {
    return new Commit(Map.of(), List.of(), List.of(), List.of(), position);
  }

  static Commit rows(List<ReadRow> rows) {
    return new Commit(Map.of(), List.of(), rows, List.of(), null);
  }

  static Commit parking(ParkedRun... parked) {
    return new Commit(Map.of(), List.of(), List.of(), List.of(parked), null);
  }

  final void begin(long epoch, String projection, long generation) {
    store.projections().begin(epoch, new ProjectionId(projection, 1), generation);
  }

  /// The document as it is kept.
  final Optional<Document> kept(Document like) {
    return store
        .projections()
        .find(like.projection().name(), like.entity().id())
        .map(KeptDocument::document);
  }

  final void write(Append append) {
    Appended outcome = store.log().append(append);
    assertThat(outcome).as("outcome of %s", append).isInstanceOf(Appended.Written.class);
  }
}
