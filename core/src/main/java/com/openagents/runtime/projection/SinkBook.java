package com.openagents.runtime.projection;

import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps what each sink has of each document, beside the documents, so that what it lacks is known
/// without asking it.
///
/// Writes name the epoch of the writer's lease and throw [WriterFenced] when it is over. A sink
/// that is not registered in [KnownSinks] has nothing, and what is noted of it is forgotten at
/// once. Thread-safe; every method may throw [com.openagents.runtime.log.StoreUnavailable].
public interface SinkBook {

  /// Notes that a sink has less than it was given and, in the same step, where its streams stand,
  /// as [SinkStreams] has it. Every document becomes due again, in the steps of
  /// [KnownSinks#register].
  void lost(long epoch, String sink, Map<String, Standing> standing);

  /// Since when a sink is to have the last of those documents of a projection of which it is not
  /// known whether it has them in an older form; empty when there is none.
  Optional<Instant> unknownUntil(String sink, String projection);

  /// Which documents of a projection a sink has in an older generation than they are kept in.
  ///
  /// Documents of which nothing is known count while they are parked, and those that became due by
  /// [KnownSinks#register].
  ///
  /// @param until and those that the sink is to have since then or longer
  Older older(String sink, String projection, Instant until);

  /// Documents of some projections whose newest form a sink lacks, longest due first. What changes
  /// again while it is due keeps its place.
  ///
  /// Left out are those that are parked, until they change, and those of an older generation than
  /// their projection's, which a rebuild will tell again or remove.
  ///
  /// @param told names of the projections; what others left behind waits, or is to go
  /// @param limit 1 to 1,000
  List<Due> due(String sink, Collection<String> told, int limit);

  /// Notes what a sink has now. What has changed meanwhile stays due. What is gone from both is
  /// forgotten.
  void taken(long epoch, String sink, List<Taken> taken);

  /// Notes that a sink will not take the present form of a document, or will not let it go; without
  /// effect when it has changed since.
  void park(long epoch, String sink, Due due, String reason);

  /// Makes parked documents due again.
  ///
  /// @return how many
  int retry(String sink);

  List<ParkedDocument> parked(String sink, int limit);

  /// Forgets what a sink has of a projection's documents, or of one of them; they become due. Forms
  /// of an older generation than a document is kept in are to be replaced anyway, and known still.
  ///
  /// @param entityId null for all
  void reset(long epoch, String sink, String projection, @Nullable String entityId);

  /// What is known of a sink's forms of some documents, by entity; nothing of those that it is not
  /// known to have.
  ///
  /// @param entityIds at most 1,000, of whatever characters
  Map<String, Held> held(String sink, String projection, Collection<String> entityIds);

  /// What a sink has in an older generation than it is kept in.
  enum Older {
    /// None of the projection.
    NONE,
    /// Nothing, or nothing that is known of, but what is parked.
    PARKED,
    /// Something that is still to be replaced; or what was kept before is still to become due.
    DUE
  }

  /// @param parked whether the sink will not take the present form, or will not let it go
  record Held(Checkpoint there, boolean parked) {}

  /// @param wanted the document as it is kept; null when it is no longer
  /// @param there what the sink has, or null
  record Due(
      String projection,
      Entity entity,
      @Nullable KeptDocument wanted,
      @Nullable Checkpoint there) {}

  /// @param there what the sink has now; null when it has none any more
  record Taken(String projection, Entity entity, @Nullable Checkpoint there) {}

  /// @param wanted the form that was not taken; null when it was to go
  record ParkedDocument(
      String projection,
      Entity entity,
      @Nullable Checkpoint wanted,
      String reason,
      Instant since) {}
}
