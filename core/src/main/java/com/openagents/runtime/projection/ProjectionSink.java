package com.openagents.runtime.projection;

import com.openagents.runtime.canon.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place outside where documents are shown to others.
///
/// Laws, proven for every adapter by the contract suite of the testkit: a document is written by
/// [CheckpointRules] against what the sink has, in one transaction with the check of the epoch;
/// delivering again what was delivered changes nothing; nothing is written under an epoch that is
/// over.
///
/// Every method may throw [SinkAway] when the sink does not answer or is overloaded: what it was
/// asked may have happened, and may be asked again. [SinkRefusing] says that a person must look.
/// [WriterFenced] says that another writer has come. Not thread-safe for one projection: one
/// delivery at a time.
public interface ProjectionSink {

  /// Its name in settings, metrics and reports: `convex`.
  String name();

  /// Takes the sink over for an epoch: every lower one is refused from now on.
  void open(long epoch);

  /// Brings documents of one projection up to date.
  ///
  /// @return an outcome for each, in the order of the list
  List<Outcome> deliver(long epoch, String projection, long generation, List<Change> changes);

  /// Begins a generation: documents of lower ones are replaced whatever their sequence.
  ///
  /// @return the generation it is in now, which is a higher one when that was begun before
  long begin(long epoch, String projection, long generation);

  /// Removes documents of lower generations.
  ///
  /// @return how many; 0 when there are no more
  int sweep(long epoch, String projection, long generation);

  /// What the sink shows, read back from it.
  ///
  /// @param ids at most 100 ids of entities
  List<Shown> read(String projection, List<String> ids);

  /// Pages through what the sink shows in the order of the ids of documents.
  ///
  /// @param after the last id of an entity of the page before, or empty
  List<Shown> page(String projection, String after, int limit);

  /// What to do with a document.
  sealed interface Change {
    /// @param projectedAt beside the document, not a part of what is compared
    record Upsert(Document document, Instant projectedAt) implements Change {}

    /// Leaves a mark by which what is older than it stays away.
    ///
    /// @param there the form that is known to be there
    record Delete(Entity entity, Checkpoint there) implements Change {}
  }

  /// What became of a change.
  ///
  /// @param reason why it was refused, or null
  record Outcome(Kind kind, @Nullable String reason) {

    public enum Kind {
      APPLIED,
      /// It was there already.
      SKIPPED,
      /// What is there is newer.
      STALE,
      /// The same place in history had another text; it has this one now.
      REPLACED,
      /// The sink will not take this form; others are not affected.
      REFUSED
    }

    public static Outcome of(Kind kind) {
      return new Outcome(kind, null);
    }
  }

  /// A document as a sink has it.
  ///
  /// @param shown hash of what it shows, recomputed from it; differs from that of the checkpoint
  ///   when somebody else has changed it
  record Shown(String entityId, Checkpoint there, Digest shown) {}
}
