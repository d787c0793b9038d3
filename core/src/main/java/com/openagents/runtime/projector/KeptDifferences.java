package com.openagents.runtime.projector;

import static java.util.stream.Collectors.toMap;

import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.CheckpointRules;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projector.Difference.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Compares what is kept of one entity with what the log tells of it. What is older comes as lag:
/// whoever asks knows whether something newer is on its way.
final class KeptDifferences {

  private KeptDifferences() {}

  static List<Difference> of(String entityId, List<Document> told, List<KeptDocument> kept) {
    Map<String, KeptDocument> left =
        new HashMap<>(kept.stream().collect(toMap(k -> k.document().projection().name(), k -> k)));
    List<Difference> found = new ArrayList<>();
    for (Document must : told) {
      String projection = must.projection().name();
      KeptDocument there = left.remove(projection);
      if (there == null) {
        found.add(
            Difference.of(
                Comparison.KEPT, Kind.MISSING, projection, entityId, Checkpoint.of(1, must), null));
        continue;
      }
      compare(there, Checkpoint.of(there.generation(), must)).ifPresent(found::add);
    }
    left.values().forEach(orphan -> found.add(orphan(orphan)));
    return found;
  }

  static Difference orphan(KeptDocument kept) {
    Document document = kept.document();
    return Difference.of(
        Comparison.KEPT,
        Kind.ORPHAN,
        document.projection().name(),
        document.entity().id(),
        null,
        kept.checkpoint());
  }

  /// What cannot be told from the log cannot be said to be right.
  static List<Difference> unreadable(
      String projection, String entityId, String found, UnreadableRun unreadable) {
    String reason = String.valueOf(unreadable.getMessage());
    return List.of(
        new Difference(Comparison.KEPT, Kind.HASH_MISMATCH, projection, entityId, reason, found));
  }

  /// Looks at what a document is said to be, and then at what it says.
  private static Optional<Difference> compare(KeptDocument kept, Checkpoint expected) {
    Document document = kept.document();
    return Stream.of(kept.checkpoint(), kept.said())
        .flatMap(there ->
            kind(there, expected)
                .map(kind ->
                    Difference.of(
                        Comparison.KEPT,
                        kind,
                        document.projection().name(),
                        document.entity().id(),
                        expected,
                        there))
                .stream())
        .findFirst();
  }

  /// What is wrong with what is there; empty when nothing is.
  static Optional<Kind> kind(Checkpoint there, Checkpoint expected) {
    return switch (CheckpointRules.decide(there, expected)) {
      case SAME -> Optional.empty();
      case FIRST, NEWER -> Optional.of(Kind.LAG);
      case CHECKPOINT_AHEAD -> Optional.of(Kind.AHEAD);
      case SUMMARY_HASH_MISMATCH, PROJECTION_VERSION_CHANGED, PROJECTION_VERSION_BEHIND ->
          Optional.of(Kind.HASH_MISMATCH);
    };
  }
}
