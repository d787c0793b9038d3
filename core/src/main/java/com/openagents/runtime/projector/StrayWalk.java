package com.openagents.runtime.projector;

import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks through all documents of some projections for those of which no log tells, a page at a
/// time, for one rebuild that compares. Not thread-safe; begun again after a crash.
final class StrayWalk {

  private static final int PAGE = 200;
  private static final int EVIDENCE_MAX = 20;

  private final long rebuild;
  private final List<ProjectionId> left;
  private final List<String> evidence = new ArrayList<>();
  private long found;
  private String after = "";

  /// @param evidence of the first
  record Found(long count, List<String> evidence) {}

  /// @param rebuild its number
  StrayWalk(long rebuild, List<ProjectionId> ids) {
    this.rebuild = rebuild;
    this.left = new ArrayList<>(ids);
  }

  boolean isOf(long number) {
    return rebuild == number;
  }

  /// Goes on by a page.
  ///
  /// @return what was found, once nothing is left; empty before
  Optional<Found> step(ProjectionStore store, Strays strays) {
    List<KeptDocument> page =
        left.isEmpty() ? List.of() : store.page(left.getFirst().name(), after, PAGE);
    List<Difference> among = strays.among(page);
    found += among.size();
    among.stream()
        .limit(EVIDENCE_MAX - evidence.size())
        .map(Difference::evidence)
        .forEach(evidence::add);
    if (page.size() == PAGE) {
      after = page.getLast().document().entity().id();
    } else if (!left.isEmpty()) {
      left.removeFirst();
      after = "";
    }
    return left.isEmpty() ? Optional.of(new Found(found, evidence)) : Optional.empty();
  }
}
