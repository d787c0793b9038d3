package com.openagents.runtime.projection;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Keeps which sinks there are, and how each of them does, beside the documents, so that operators
/// and every node see the same.
///
/// Writes of the writer name the epoch of its lease and throw [WriterFenced] when it is over. What
/// is noted of a sink that is not registered is forgotten at once. Thread-safe; every method may
/// throw [com.openagents.runtime.log.StoreUnavailable].
public interface KnownSinks {

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

  /// Lets deliveries to a sink rest, or go on.
  void pause(String sink, boolean paused);

  /// Notes what keeps a sink from taking anything, or null once it takes again.
  ///
  /// @param trouble for a person
  void trouble(long epoch, String sink, @Nullable String trouble);

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
}
