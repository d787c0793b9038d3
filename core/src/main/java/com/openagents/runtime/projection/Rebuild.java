package com.openagents.runtime.projection;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Documents being told again from the log, as far as it has come; kept so that any node can go on.
///
/// @param number names it, ascending
public record Rebuild(
    long number, Request request, Phase phase, Progress progress, Instant requestedAt, Instant at) {

  /// @param compareOnly whether nothing is written, only compared
  /// @param requestedBy who asked for it, for the record
  public record Request(Scope scope, boolean compareOnly, String requestedBy) {}

  /// What is told again, or no more.
  public sealed interface Scope {
    /// Every document.
    record All() implements Scope {}

    /// Every document of a projection.
    record Projection(String name) implements Scope {}

    record OneRun(RunId runId) implements Scope {}

    /// A thread and its runs.
    record OneThread(ThreadId threadId) implements Scope {}

    /// Every document of a projection that is told no more, to be removed.
    record Retired(String name) implements Scope {}
  }

  /// Where it is; each phase may be begun again after a crash.
  public enum Phase {
    REQUESTED,
    /// The generations to come are chosen.
    BEGINNING,
    FOLDING,
    /// Documents of generations before are removed.
    SWEEPING,
    DONE,
    CANCELED;

    public boolean ended() {
      return this == DONE || this == CANCELED;
    }
  }

  /// @param cursor the run that was done last, or null
  /// @param targets generations that its documents get, by projection
  /// @param events of the log that were folded
  /// @param removed documents that nothing in the log tells of
  /// @param differing documents that said something else than the log
  /// @param evidence the first of those, each in a line
  /// @param proof digests before and after, by projection
  public record Progress(
      @Nullable RunId cursor,
      Map<String, Long> targets,
      long runs,
      long events,
      long removed,
      long differing,
      List<String> evidence,
      List<Proof> proof) {

    private static final int EVIDENCE_MAX = 20;

    public static final Progress NONE =
        new Progress(null, Map.of(), 0, 0, 0, 0, List.of(), List.of());

    public Progress {
      targets = Map.copyOf(targets);
      evidence = List.copyOf(evidence);
      proof = List.copyOf(proof);
    }

    /// With generations to come, before the first run.
    public Progress begun(Map<String, Long> generations) {
      return new Progress(null, generations, runs, events, removed, differing, evidence, proof);
    }

    /// After some more runs, the last of which is the cursor, or null where there is no next.
    public Progress folded(int more, long moreEvents, @Nullable RunId last) {
      return new Progress(
          last, targets, runs + more, events + moreEvents, removed, differing, evidence, proof);
    }

    public Progress swept(int more) {
      return new Progress(
          cursor, targets, runs, events, removed + more, differing, evidence, proof);
    }

    /// @param lines one for each document that differs
    public Progress differing(List<String> lines) {
      return differing(lines.size(), lines);
    }

    /// @param more documents that differ
    /// @param lines of which the first are kept as evidence, [#EVIDENCE_MAX] in all
    public Progress differing(long more, List<String> lines) {
      List<String> all =
          Stream.concat(evidence.stream(), lines.stream()).limit(EVIDENCE_MAX).toList();
      return new Progress(cursor, targets, runs, events, removed, differing + more, all, proof);
    }

    public Progress proven(List<Proof> more) {
      List<Proof> all = Stream.concat(proof.stream(), more.stream()).toList();
      return new Progress(cursor, targets, runs, events, removed, differing, evidence, all);
    }
  }

  /// The digest of all documents of a projection at a moment.
  ///
  /// @param moment `before` or `after`
  public record Proof(String moment, String projection, DocumentsDigest digest) {}

  public Rebuild in(Phase next, Progress reached) {
    return new Rebuild(number, request, next, reached, requestedAt, at);
  }
}
