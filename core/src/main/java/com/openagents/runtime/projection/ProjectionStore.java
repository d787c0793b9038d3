package com.openagents.runtime.projection;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.ChangeFeed.Position;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps documents beside the log, with how far they have come. All of it can be dropped and told
/// again from the log.
///
/// Writes name the epoch of the writer's lease and throw [WriterFenced] when it is over; the check
/// and the write are one. Thread-safe; every method may throw
/// [com.openagents.runtime.log.StoreUnavailable].
public interface ProjectionStore {

  /// How far the documents of runs have come; runs of which nothing is kept are left out.
  Map<RunId, Long> through(Collection<RunId> runs);

  /// The kept documents about these entities, of every projection.
  List<KeptDocument> about(String entityKind, Collection<String> ids);

  Optional<KeptDocument> find(String projection, String entityId);

  /// Pages through a projection's documents in the order of their entities' ids, by code points.
  ///
  /// @param after the last entity of the page before, or empty for the first page
  /// @param limit 1 to 1,000
  List<KeptDocument> page(String projection, String after, int limit);

  /// Where to look for changes from; empty before the first commit of a position.
  Optional<Position> position();

  /// The current generation of each projection that is kept, with the version it is kept in.
  Map<String, Generation> generations();

  /// Writes documents, rows, watermarks and a position, all or nothing.
  ///
  /// A document is written by [CheckpointRules], and where the text that is kept is another one
  /// than its hash says; what it does not write keeps its time. A watermark never goes back,
  /// whatever documents come with it. A run with a watermark in the commit is parked no longer,
  /// unless the commit parks it. What changes is marked as due for every sink that is registered.
  void commit(long epoch, Commit commit);

  /// Begins a new generation of a projection, in a version; without effect when the present one is
  /// as high.
  void begin(long epoch, ProjectionId projection, long generation);

  /// Keeps projections in version 0 from now on, because nobody brings them up to the log: whoever
  /// tells one of them again tells all of it. Without effect on those that are not kept.
  void lapse(long epoch, Set<String> projections);

  /// Removes documents of older generations than the current one.
  ///
  /// @return how many; less than `limit` when there are no more
  int sweep(long epoch, String projection, int limit);

  /// Removes documents of a projection that is told no more, whatever their generation, and what is
  /// known of them in sinks. From the first step on it is kept in version 0, so that whoever tells
  /// it again tells all of it; with the last one it is kept no more. Where its streams stand in
  /// sinks stays known: what these show has still to go.
  ///
  /// @param limit 1 to 10,000
  /// @return how many; the last step finds none
  int retire(long epoch, String projection, int limit);

  /// Some documents of older generations than the current one.
  ///
  /// @param limit 1 to 1,000
  List<KeptDocument> outdated(String projection, int limit);

  /// Rows that are said to be of a run, in the order of sequences.
  ///
  /// @param after the last sequence of the page before, or 0
  /// @param limit 1 to 1,000
  List<KeptRow> rows(ReadRow.Table table, RunId runId, long after, int limit);

  /// Pages through the runs that have rows, whoever wrote them, in the order of their ids.
  ///
  /// @param after the last run of the page before, or null for the first page
  /// @param limit 1 to 1,000
  List<RunId> runsOfRows(@Nullable RunId after, int limit);

  /// Removes rows of stretches of logs that these do not tell, some at a time.
  ///
  /// @param told the ids of all rows that they tell
  /// @param limit 1 to 10,000
  /// @return how many; less than `limit` when there are no more
  int removeRows(long epoch, List<Stretch> stretches, Collection<String> told, int limit);

  /// Runs that wait for a person or for a newer node, those that have waited longest first.
  List<ParkedRun> parked(int limit);

  /// @param version of the projection whose documents the generation has; 0 when nobody brings them
  ///   up to the log
  record Generation(long number, int version) {}

  /// @param projectedAt when it was written here
  record KeptDocument(Document document, long generation, Instant projectedAt) {
    public Checkpoint checkpoint() {
      return Checkpoint.of(generation, document);
    }

    /// Where it stands, with the hash of its text as it is: another one than that of the checkpoint
    /// when somebody else has changed one of them.
    public Checkpoint said() {
      return new Checkpoint(
          generation,
          document.seq(),
          document.projection().version(),
          Digest.ofText(document.text()));
    }
  }

  /// @param runs how far the documents of each run have come
  /// @param position where to look for changes from next, or null to leave it
  record Commit(
      Map<RunId, Long> runs,
      List<Written> documents,
      List<ReadRow> rows,
      List<ParkedRun> parked,
      @Nullable Position position) {
    public Commit {
      runs = Map.copyOf(runs);
      documents = List.copyOf(documents);
      rows = List.copyOf(rows);
      parked = List.copyOf(parked);
    }
  }

  record Written(Document document, long generation) {}

  /// A row, by what tells whether it is another one.
  record KeptRow(String id, long seq, Digest hash) {
    public static KeptRow of(ReadRow row) {
      return new KeptRow(row.id(), row.seq(), row.hash());
    }
  }

  /// A part of a log.
  ///
  /// @param after the sequence before its first
  /// @param through its last sequence
  record Stretch(RunId runId, long after, long through) {}

  /// @param reason what is wrong with its log, for a person
  record ParkedRun(RunId runId, long seq, String reason) {}
}
