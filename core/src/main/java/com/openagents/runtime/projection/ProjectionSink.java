package com.openagents.runtime.projection;

import com.openagents.runtime.canon.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
///
/// The documents of a projection come in a stream whose position grows with what is written, and
/// goes back only when somebody empties the sink or puts an older state in its place.
public interface ProjectionSink {

  /// Its name in settings, metrics and reports: `convex`.
  String name();

  /// Takes the sink over for an epoch: every lower one is refused from now on.
  ///
  /// @return where the stream of each projection stands; one that is not there stands at nothing
  Map<String, Standing> open(long epoch);

  /// Whether it can show documents of a projection at all, as it said when it was opened last. It
  /// must be asked for nothing of one that it cannot show.
  default boolean shows(String projection) {
    return true;
  }

  /// Where a projection's stream stands, as the sink said when it was opened or took something
  /// last. Does not ask it.
  long position(String projection);

  /// Brings documents of one projection up to date.
  ///
  /// @param reserving is told where the stream will stand before each write of it; when it throws,
  ///   that write is not made
  /// @return an outcome for each, in the order of the list
  List<Outcome> deliver(
      long epoch, String projection, long generation, List<Change> changes, Reserving reserving);

  /// Brings documents up to date for who does not keep where the stream stands.
  default List<Outcome> deliver(
      long epoch, String projection, long generation, List<Change> changes) {
    return deliver(epoch, projection, generation, changes, _ -> {});
  }

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

  /// Keeps how far a stream may stand, so that one which stands beyond that is known to have taken
  /// what this database knows nothing of.
  @FunctionalInterface
  interface Reserving {
    void upTo(long position);
  }

  /// Where a stream stands.
  ///
  /// @param generation that it is in
  /// @param position 0 before anything is written
  record Standing(long generation, long position) {

    public static final Standing NOWHERE = new Standing(0, 0);

    /// Whether this cannot have come after another one.
    public boolean isBefore(Standing other) {
      return generation < other.generation || position < other.position;
    }
  }

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
      REFUSED,
      /// It was not tried: ask again.
      LATER
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
