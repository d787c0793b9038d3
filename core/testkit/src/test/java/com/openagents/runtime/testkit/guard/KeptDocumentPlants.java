package com.openagents.runtime.testkit.guard;

import static java.util.function.Predicate.not;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.ProjectionStore.Written;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import com.openagents.runtime.testkit.guard.ProjectionSuites.KeptDocuments;
import com.openagents.runtime.testkit.simulator.PortProxy;
import com.openagents.runtime.testkit.simulator.PortProxy.Instead;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Bugs of a store of documents.
final class KeptDocumentPlants {

  private static final String FENCED = "nothing_is_written_under_an_epoch_that_is_over";
  private static final String OUTDATED =
      "documents_of_older_generations_are_told_until_they_are_brought_up";
  private static final String KEPT = "what_is_committed_is_read_back";
  private static final String PAGES = "pages_are_in_the_order_of_ids_by_code_points";

  private KeptDocumentPlants() {}

  static List<Plant> all() {
    return Stream.of(fences(), commits(), reads(), List.of(rowsTwice()), overWrites())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Plant> fences() {
    return Stream.of("commit", "begin", "lapse", "sweep")
        .map(method ->
            plant(
                "a former writer may " + method + " documents",
                FENCED,
                method,
                (planted, _) ->
                    (arguments, call) -> {
                      Object[] others = arguments.clone();
                      others[0] = planted.writers.current().map(WriterLease::epoch).orElse(0L);
                      return call.call(others);
                    }))
        .toList();
  }

  private static List<Plant> commits() {
    return List.of(
        committing(
            "rows of read models are left out",
            KEPT,
            c -> new Commit(c.runs(), c.documents(), List.of(), c.parked(), c.position())),
        committing(
            "a large commit is cut",
            "many_documents_are_committed_at_once",
            c ->
                new Commit(
                    c.runs(),
                    c.documents().stream().limit(1_000).toList(),
                    c.rows(),
                    c.parked(),
                    c.position())),
        committing(
            "a run that moved is not parked",
            "a_run_that_moved_up_to_what_cannot_be_read_is_parked",
            c ->
                new Commit(
                    c.runs(),
                    c.documents(),
                    c.rows(),
                    c.parked().stream().filter(not(p -> c.runs().containsKey(p.runId()))).toList(),
                    c.position())),
        plant(
            "a document is never written over at its place",
            "a_document_is_written_as_the_rules_of_checkpoints_say",
            "commit",
            (_, honest) ->
                (arguments, call) ->
                    call.call(
                        arguments[0],
                        without((Commit) arguments[1], honest, KeptDocumentPlants::sameplace))),
        plant(
            "a document of the same hash is taken for the same",
            "a_text_that_somebody_changed_is_written_over_though_its_hash_is_the_same",
            "commit",
            (_, honest) ->
                (arguments, call) ->
                    call.call(
                        arguments[0],
                        without(
                            (Commit) arguments[1],
                            honest,
                            (kept, other) -> kept.hash().equals(other.hash())))));
  }

  private static Commit without(
      Commit c, ProjectionStore honest, BiPredicate<Document, Document> repeated) {
    List<Written> others =
        c.documents().stream()
            .filter(w ->
                honest.page(w.document().projection().name(), "", 1_000).stream()
                    .noneMatch(k -> repeated.test(k.document(), w.document())))
            .toList();
    return new Commit(c.runs(), others, c.rows(), c.parked(), c.position());
  }

  private static boolean sameplace(Document kept, Document other) {
    return kept.id().equals(other.id()) && kept.seq() == other.seq();
  }

  private static List<Plant> reads() {
    return List.of(
        plant(
            "pages begin with what was seen",
            PAGES,
            "page",
            (_, honest) ->
                (arguments, _) ->
                    honest.page((String) arguments[0], "", 1_000).stream()
                        .filter(k -> entity(k).compareTo((String) arguments[1]) >= 0)
                        .limit((Integer) arguments[2])
                        .toList()),
        plant(
            "pages are in the order of letters",
            PAGES,
            "page",
            (_, honest) ->
                (arguments, _) ->
                    honest.page((String) arguments[0], "", 1_000).stream()
                        .sorted(Comparator.comparing(k -> entity(k), String.CASE_INSENSITIVE_ORDER))
                        .dropWhile(k -> !arguments[1].equals("") && !entity(k).equals(arguments[1]))
                        .skip(arguments[1].equals("") ? 0 : 1)
                        .limit((Integer) arguments[2])
                        .toList()),
        plant(
            "a run and a thread of one id are one",
            "documents_are_found_by_what_they_are_about",
            "about",
            (_, honest) ->
                (arguments, _) -> {
                  List<String> ids =
                      ((Collection<?>) arguments[1]).stream().map(String.class::cast).toList();
                  return Stream.of(Entity.RUN, Entity.THREAD)
                      .flatMap(kind -> honest.about(kind, ids).stream())
                      .toList();
                }),
        plant(
            "a text comes back tidied",
            KEPT,
            "find",
            (_, honest) ->
                (arguments, _) ->
                    honest
                        .find((String) arguments[0], (String) arguments[1])
                        .map(KeptDocumentPlants::tidied)),
        plant(
            "whoever waits longest is told last",
            "a_run_is_parked_until_its_documents_move",
            "parked",
            (_, honest) ->
                (arguments, _) ->
                    honest.parked(1_000).reversed().stream()
                        .limit((Integer) arguments[0])
                        .toList()));
  }

  private static Plant rowsTwice() {
    return new Plant(
        "a row that is written again is there again",
        KeptDocuments.class,
        "a_row_that_is_written_again_is_there_once",
        planted -> {
          List<String> ids = new ArrayList<>();
          planted.rows = () -> ids;
          planted.projections =
              PortProxy.of(
                  ProjectionStore.class,
                  planted.projections,
                  "commit",
                  (arguments, call) -> {
                    call.call(arguments);
                    ((Commit) arguments[1]).rows().stream().map(ReadRow::id).forEach(ids::add);
                    return null;
                  });
        });
  }

  private static String entity(KeptDocument kept) {
    return kept.document().entity().id();
  }

  private static KeptDocument tidied(KeptDocument kept) {
    Document d = kept.document();
    return new KeptDocument(
        Document.kept(
            d.projection(), d.entity(), d.seq(), d.owner(), d.text().replace('\u2028', ' ')),
        kept.generation(),
        kept.projectedAt());
  }

  private static List<Plant> overWrites() {
    return List.of(
        plant(
            "a watermark follows the newest generation",
            "a_watermark_never_goes_back",
            (_, honest) -> new Backward(honest)),
        plant(
            "what lapses stays in its version",
            "what_lapses_keeps_its_generation_and_is_of_no_version_until_it_begins_anew",
            "lapse",
            (_, _) -> (_, _) -> null),
        plant(
            "a commit without a position forgets it",
            "a_position_stays_until_another_is_named",
            (_, _) -> new NoPosition()),
        plant(
            "a sweep takes all at once",
            "what_is_of_an_older_generation_is_swept_and_nothing_else",
            "sweep",
            (_, honest) ->
                (arguments, _) -> honest.sweep((Long) arguments[0], (String) arguments[1], 1_000)),
        plant(
            "all that is outdated is told at once",
            OUTDATED,
            "outdated",
            (_, honest) -> (arguments, _) -> honest.outdated((String) arguments[0], 1_000)),
        plant("nothing is outdated ever", OUTDATED, "outdated", (_, _) -> (_, _) -> List.of()),
        plant(
            "everything is outdated always",
            OUTDATED,
            "outdated",
            (_, honest) ->
                (arguments, _) -> honest.page((String) arguments[0], "", (Integer) arguments[1])),
        plant("generations go back", "generations_only_rise", (_, _) -> new LastGeneration()),
        plant(
            "every commit is a new time",
            "what_is_not_written_keeps_its_time",
            (_, _) -> new LaterEachTime()));
  }

  private static final class Backward implements PortProxy.Around {
    private final ProjectionStore honest;
    private final Map<RunId, Long> through = new HashMap<>();

    Backward(ProjectionStore honest) {
      this.honest = honest;
    }

    @Override
    public @Nullable Object call(String method, Object[] arguments, PortProxy.Honest call) {
      if (method.equals("through")) {
        return through;
      }
      Object answer = call.call(arguments);
      if (method.equals("commit")) {
        Commit commit = (Commit) arguments[1];
        boolean anew = commit.documents().stream().anyMatch(w -> w.generation() > 1);
        through.putAll(anew ? commit.runs() : honest.through(commit.runs().keySet()));
      }
      return answer;
    }
  }

  private static final class NoPosition implements PortProxy.Around {
    private boolean forgotten;

    @Override
    public @Nullable Object call(String method, Object[] arguments, PortProxy.Honest call) {
      if (method.equals("commit")) {
        forgotten = ((Commit) arguments[1]).position() == null;
      }
      return method.equals("position") && forgotten ? Optional.empty() : call.call(arguments);
    }
  }

  private static final class LastGeneration implements PortProxy.Around {
    private final Map<String, Generation> last = new HashMap<>();

    @Override
    public @Nullable Object call(String method, Object[] arguments, PortProxy.Honest call) {
      if (method.equals("begin")) {
        ProjectionId id = (ProjectionId) arguments[1];
        last.put(id.name(), new Generation((Long) arguments[2], id.version()));
      }
      return method.equals("generations") ? Map.copyOf(last) : call.call(arguments);
    }
  }

  private static final class LaterEachTime implements PortProxy.Around {
    private long commits;

    @Override
    public @Nullable Object call(String method, Object[] arguments, PortProxy.Honest call) {
      Object answer = call.call(arguments);
      commits += method.equals("commit") ? 1 : 0;
      return method.equals("find") && answer instanceof Optional<?> found
          ? found.map(kept -> later((KeptDocument) kept))
          : answer;
    }

    private KeptDocument later(KeptDocument kept) {
      return new KeptDocument(
          kept.document(), kept.generation(), kept.projectedAt().plusNanos(1_000 * commits));
    }
  }

  private static Plant committing(String bug, String caughtBy, UnaryOperator<Commit> change) {
    return plant(
        bug,
        caughtBy,
        "commit",
        (_, _) ->
            (arguments, call) -> call.call(arguments[0], change.apply((Commit) arguments[1])));
  }

  private static Plant plant(
      String bug,
      String caughtBy,
      String method,
      BiFunction<Planted, ProjectionStore, Instead> spoiled) {
    return plant(
        bug,
        caughtBy,
        (planted, honest) -> {
          Instead instead = spoiled.apply(planted, honest);
          return (called, arguments, call) ->
              called.equals(method) ? instead.call(arguments, call) : call.call(arguments);
        });
  }

  private static Plant plant(
      String bug, String caughtBy, BiFunction<Planted, ProjectionStore, PortProxy.Around> spoiled) {
    return new Plant(
        bug,
        KeptDocuments.class,
        caughtBy,
        planted ->
            planted.projections =
                PortProxy.of(
                    ProjectionStore.class,
                    planted.projections,
                    spoiled.apply(planted, planted.projections)));
  }
}
