package com.openagents.runtime.testkit.guard;

import static java.util.Objects.requireNonNull;

import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.ChangeFeed.Changes;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkBook.Older;
import com.openagents.runtime.projection.SinkBook.Taken;
import com.openagents.runtime.projection.SinkStreams;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import com.openagents.runtime.testkit.guard.LooseSink.Flaw;
import com.openagents.runtime.testkit.simulator.PortProxy;
import com.openagents.runtime.testkit.simulator.PortProxy.Instead;
import com.openagents.runtime.testkit.simulator.ProjectionBug;
import com.openagents.runtime.testkit.simulator.ProjectionParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Bugs of what projects, of its store and of a sink, each of which a play shows.
final class ProjectionBugs {

  private ProjectionBugs() {}

  /// @param name as the table in `docs/reliability.md` has it
  record Named(String name, ProjectionBug bug) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Named> all() {
    return Stream.of(ofSinks(), ofStores(), ofNodes()).flatMap(List::stream).toList();
  }

  private static List<Named> ofSinks() {
    return List.of(
        sink("a sink writes whatever comes", Flaw.NO_GUARD),
        sink("a sink does not look at the epoch", Flaw.NO_EPOCH),
        sink("a sink does not look at the generation", Flaw.GENERATION_IGNORED),
        sink("a sink takes what it has already for stale", Flaw.SEQ_MUST_RISE),
        sink("a sink forgets everything when it is opened", Flaw.FORGETS_AT_OPEN));
  }

  private static Named sink(String name, Flaw flaw) {
    return new Named(
        name,
        ProjectionBug.inStores(
            parts -> parts.with((ProjectionSink) new LooseSink(parts.sink().name(), flaw))));
  }

  private static List<Named> ofStores() {
    return List.of(
        store("documents are written whatever the epoch is", "commit", ProjectionBugs::anyEpoch),
        book("marks are cleared whatever the epoch is", "taken", ProjectionBugs::anyEpoch),
        book("what moved meanwhile counts as taken", "taken", ProjectionBugs::newest),
        book("what is parked counts as taken", "park", ProjectionBugs::parkedIsTaken),
        book("nobody counts what is parked", "older", _ -> unless(Older.PARKED)),
        book("nobody waits for what is to be replaced", "older", _ -> unless(Older.DUE)),
        book("nobody waits for what a sink may have", "unknownUntil", _ -> noneUnknown()),
        streams("nobody knows where a sink stood", "standing", _ -> (_, _) -> Map.of()));
  }

  private static List<Named> ofNodes() {
    return List.of(
        node("what is taken is noted before it is delivered", ProjectionBugs::notedBefore),
        node("the position moves before documents do", ProjectionBugs::positionFirst),
        node("watermarks move before documents", parts -> split(parts, true)),
        node("documents are written before their watermarks", parts -> split(parts, false)),
        node("old documents go before the new are told", ProjectionBugs::sweptEarly),
        node("an answer that was lost counts as an effect", ProjectionBugs::lostIsDone));
  }

  private static Named node(String name, UnaryOperator<ProjectionParts> bug) {
    return new Named(name, ProjectionBug.inNodes(bug));
  }

  /// A bug that must know the other ports.
  @FunctionalInterface
  private interface Planting {
    Instead in(ProjectionParts parts);
  }

  private static Named store(String name, String method, Planting bug) {
    return new Named(
        name,
        ProjectionBug.inStores(
            p -> p.with(PortProxy.of(ProjectionStore.class, p.store(), method, bug.in(p)))));
  }

  private static Named book(String name, String method, Planting bug) {
    return new Named(
        name,
        ProjectionBug.inStores(
            p -> p.with(PortProxy.of(SinkBook.class, p.book(), method, bug.in(p)))));
  }

  private static Named streams(String name, String method, Planting bug) {
    return new Named(
        name,
        ProjectionBug.inStores(
            p -> p.with(PortProxy.of(SinkStreams.class, p.streams(), method, bug.in(p)))));
  }

  private static long epoch(ProjectionParts parts) {
    return parts.writers().current().map(WriterLease::epoch).orElse(0L);
  }

  private static Instead anyEpoch(ProjectionParts parts) {
    return (arguments, honest) -> {
      Object[] others = arguments.clone();
      others[0] = epoch(parts);
      return honest.call(others);
    };
  }

  private static Instead newest(ProjectionParts parts) {
    return (arguments, honest) -> {
      List<Taken> taken = new ArrayList<>();
      for (Object one : (List<?>) arguments[2]) {
        Taken was = (Taken) one;
        Checkpoint now =
            parts
                .store()
                .find(was.projection(), was.entity().id())
                .map(KeptDocument::checkpoint)
                .orElse(null);
        taken.add(new Taken(was.projection(), was.entity(), now));
      }
      return honest.call(arguments[0], arguments[1], taken);
    };
  }

  private static Instead parkedIsTaken(ProjectionParts parts) {
    return (arguments, _) -> {
      SinkBook.Due due = (SinkBook.Due) arguments[2];
      KeptDocument wanted = due.wanted();
      parts
          .book()
          .taken(
              (Long) arguments[0],
              (String) arguments[1],
              List.of(
                  new Taken(
                      due.projection(),
                      due.entity(),
                      wanted == null ? null : wanted.checkpoint())));
      return null;
    };
  }

  private static Instead unless(Older ignored) {
    return (arguments, honest) -> {
      Object answer = honest.call(arguments);
      return ignored.equals(answer) ? Older.NONE : answer;
    };
  }

  private static Instead noneUnknown() {
    return (_, _) -> Optional.empty();
  }

  private static ProjectionParts notedBefore(ProjectionParts parts) {
    return parts.with(
        PortProxy.of(
            ProjectionSink.class,
            parts.sink(),
            "deliver",
            (arguments, honest) -> {
              List<Taken> taken = new ArrayList<>();
              for (Object change : (List<?>) arguments[3]) {
                if (change instanceof Change.Upsert(var document, _)) {
                  taken.add(
                      new Taken(
                          document.projection().name(),
                          document.entity(),
                          Checkpoint.of((Long) arguments[2], document)));
                }
              }
              parts.book().taken((Long) arguments[0], parts.sink().name(), taken);
              return honest.call(arguments);
            }));
  }

  private static ProjectionParts positionFirst(ProjectionParts parts) {
    return parts.with(
        PortProxy.of(
            ChangeFeed.class,
            parts.feed(),
            "since",
            (arguments, honest) -> {
              Changes changes = (Changes) requireNonNull(honest.call(arguments));
              parts
                  .store()
                  .commit(
                      epoch(parts),
                      new Commit(Map.of(), List.of(), List.of(), List.of(), changes.next()));
              return changes;
            }));
  }

  private static ProjectionParts split(ProjectionParts parts, boolean watermarksFirst) {
    return parts.with(
        PortProxy.of(
            ProjectionStore.class,
            parts.store(),
            "commit",
            (arguments, honest) -> {
              Commit whole = (Commit) arguments[1];
              Commit marks = new Commit(whole.runs(), List.of(), List.of(), whole.parked(), null);
              Commit rest =
                  new Commit(
                      Map.of(), whole.documents(), whole.rows(), List.of(), whole.position());
              honest.call(arguments[0], watermarksFirst ? marks : rest);
              return honest.call(arguments[0], watermarksFirst ? rest : marks);
            }));
  }

  private static ProjectionParts sweptEarly(ProjectionParts parts) {
    return parts.with(
        PortProxy.of(
            ProjectionStore.class,
            parts.store(),
            "begin",
            (arguments, honest) -> {
              Object begun = honest.call(arguments);
              var id = (ProjectionId) arguments[1];
              parts.store().sweep((Long) arguments[0], id.name(), 1_000);
              return begun;
            }));
  }

  private static ProjectionParts lostIsDone(ProjectionParts parts) {
    return parts.with(
        PortProxy.of(
            ProjectionStore.class,
            parts.store(),
            "commit",
            (arguments, honest) -> {
              try {
                return honest.call(arguments);
              } catch (StoreUnavailable lost) {
                return null;
              }
            }));
  }
}
