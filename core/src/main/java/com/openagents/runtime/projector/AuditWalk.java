package com.openagents.runtime.projector;

import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projector.AuditCursor.Documents;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The second half of a walk: looks through the documents beside the log, and those in sinks, for
/// what nothing tells of. Writes nothing; thread-safe; may throw
/// [com.openagents.runtime.log.StoreUnavailable].
///
/// Everything is looked up again at each step, so that a walk goes on whatever has come or left
/// meanwhile.
final class AuditWalk {

  private static final int PAGE = 50;

  /// Those beside the log before those in sinks.
  private static final Comparator<Documents> ORDER =
      Comparator.<Documents, Boolean>comparing(d -> !d.where().equals(Comparison.KEPT))
          .thenComparing(Documents::where)
          .thenComparing(Documents::projection);

  private final ProjectionStore store;
  private final RunProjections projections;
  private final Strays strays;
  private final ShownComparison shown;

  AuditWalk(
      ProjectionStore store, RunProjections projections, Strays strays, ShownComparison shown) {
    this.store = store;
    this.projections = projections;
    this.strays = strays;
    this.shown = shown;
  }

  /// @param from null at its beginning
  /// @param count about how many documents are looked at, at least 1
  /// @return where to go on, or null at the end
  @Nullable Documents step(
      @Nullable Documents from,
      int count,
      List<ProjectionSink> sinks,
      AuditReport.Builder report,
      Runnable pause) {
    int left = count;
    for (Documents place : places(sinks)) {
      int order = from == null ? 1 : ORDER.compare(place, from);
      Documents at = order < 0 ? null : order == 0 ? from : place;
      while (at != null) {
        if (left <= 0) {
          return at;
        }
        List<String> ids = look(at, sinks, report);
        left -= ids.size();
        at = ids.isEmpty() ? null : at.after(ids.getLast());
        pause.run();
      }
    }
    return null;
  }

  /// Where each projection begins.
  private List<Documents> places(List<ProjectionSink> sinks) {
    List<Documents> places = new ArrayList<>();
    new TreeSet<>(store.generations().keySet())
        .forEach(name -> places.add(new Documents(Comparison.KEPT, name, "")));
    for (ProjectionSink sink : sinks) {
      projections.names().forEach(name -> places.add(new Documents(sink.name(), name, "")));
    }
    places.sort(ORDER);
    return places;
  }

  /// Looks at a page.
  ///
  /// @return the entities on it; none when there are no more
  private List<String> look(Documents at, List<ProjectionSink> sinks, AuditReport.Builder report) {
    return sinks.stream()
        .filter(sink -> sink.name().equals(at.where()))
        .findFirst()
        .map(sink -> shown.strangers(sink, at.projection(), at.after(), PAGE, report))
        .orElseGet(() -> kept(at, report));
  }

  private List<String> kept(Documents at, AuditReport.Builder report) {
    List<KeptDocument> page = store.page(at.projection(), at.after(), PAGE);
    report.found(strays.among(page));
    return page.stream().map(kept -> kept.document().entity().id()).toList();
  }
}
