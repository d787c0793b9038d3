package com.openagents.runtime.projection;

import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Keeps what each sink has of each document, beside the documents, so that what it lacks is known
/// without asking it.
///
/// Writes name the epoch of the writer's lease and throw [WriterFenced] when it is over. A sink
/// that is not registered has nothing, and what is noted of it is forgotten at once. Thread-safe;
/// every method may throw [com.openagents.runtime.log.StoreUnavailable].
public interface SinkBook {

  /// Makes a sink known, as one that the writer of this epoch serves, and some of the documents
  /// that were kept before due for it. One that was forgotten begins anew, once what was known of
  /// it is gone.
  ///
  /// @param limit documents in one step, 1 to 10,000
  /// @return whether all of them are; to be called again while they are not
  boolean register(long epoch, String sink, int limit);

  /// Whether documents are still to become due for a sink, by [#register].
  boolean marking(String sink);

  /// Notes which of the projections that are told a sink cannot show: documents of these do not
  /// count as due.
  void unshown(long epoch, String sink, Set<String> projections);

  /// The projections that a sink cannot show, as it was last noted.
  Set<String> unshown(String sink);

  /// Notes that a sink has less than it was given and, in the same step, where its streams stand,
  /// as [SinkStreams] has it. Every document becomes due again, in the steps of [#register].
  void lost(long epoch, String sink, Map<String, Standing> standing);

  /// Forgets a sink, unless the present writer serves it: from now on it is not among the sinks,
  /// and nothing becomes due for it. What was known of it goes by [#clear].
  Forgotten forget(String sink);

  /// Whether something is left of sinks that were forgotten.
  boolean clearing();

  /// Removes some of what was known of sinks that were forgotten.
  ///
  /// @param limit documents in one step, 1 to 10,000
  /// @return whether nothing is left of any; to be called again while there is
  boolean clear(long epoch, int limit);

  /// Those that are registered, and not forgotten.
  ///
  /// @param told names of the projections whose documents are counted, as due or as parked, where
  ///   the sink can show them
  List<SinkState> sinks(Collection<String> told);

  /// Whether deliveries to a sink rest.
  boolean paused(String sink);

  /// Since when a sink is to have the last of those documents of a projection of which it is not
  /// known whether it has them in an older form; empty when there is none.
  Optional<Instant> unknownUntil(String sink, String projection);

  /// Which documents of a projection a sink has in an older generation than they are kept in.
  ///
  /// Documents of which nothing is known count while they are parked, and those that became due by
  /// [#register].
  ///
  /// @param until and those that the sink is to have since then or longer
  Older older(String sink, String projection, Instant until);

  /// Lets deliveries to a sink rest, or go on.
  void pause(String sink, boolean paused);

  /// Notes what keeps a sink from taking anything, or null once it takes again.
  ///
  /// @param trouble for a person
  void trouble(long epoch, String sink, @Nullable String trouble);

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

  /// What came of forgetting a sink.
  enum Forgotten {
    FORGOTTEN,
    /// The writer whose lease holds has registered it.
    SERVED,
    /// Nobody has registered it, or it is forgotten already.
    UNKNOWN
  }

  /// What is known of a sink. Counts may end at a large number, from 100,000 on.
  ///
  /// @param marking whether documents that were kept before it was registered, or that it lost, are
  ///   still to become due
  /// @param pending documents that are due
  /// @param behind by how much
  /// @param oldestDue since when the longest due one is due, or null when none is
  /// @param trouble what keeps it from taking anything, or null
  record SinkState(
      String sink,
      boolean paused,
      boolean marking,
      long pending,
      long parked,
      Behind behind,
      @Nullable Instant oldestDue,
      @Nullable String trouble) {}

  /// Events of which due documents tell and a sink does not.
  ///
  /// @param sum over all due documents
  /// @param p95 95 of 100 due documents lack no more
  record Behind(long sum, long p95) {
    public static final Behind NOTHING = new Behind(0, 0);

    /// @param lacking events that each due document lacks
    public static Behind of(LongStream lacking) {
      long[] ascending = lacking.sorted().toArray();
      int most = (int) Math.ceil(ascending.length * 0.95) - 1;
      return most < 0 ? NOTHING : new Behind(LongStream.of(ascending).sum(), ascending[most]);
    }
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
