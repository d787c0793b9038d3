package com.openagents.runtime.projection;

import com.openagents.runtime.projection.ProjectionSink.Standing;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps where the streams of sinks stand, beside the documents, so that a sink that was emptied,
/// restored or moved from elsewhere is noticed when it is opened.
///
/// Writes name the epoch of the writer's lease and throw [WriterFenced] when it is over. A sink
/// that is not registered in [KnownSinks] has no streams, and what is noted of them is forgotten at
/// once; with the sink its streams are forgotten. Thread-safe; every method may throw
/// [com.openagents.runtime.log.StoreUnavailable].
public interface SinkStreams {

  /// Where the streams of a sink stood when it was last heard of, by projection.
  Map<String, Standing> standing(String sink);

  /// How far each stream of a sink may stand by what was written to it from here, by projection;
  /// one that is not there may not have begun.
  Map<String, Long> reserved(String sink);

  /// Notes that a stream is about to move to a position, before what moves it is sent.
  ///
  /// @return false when the position is not the next one after what was reserved, or one before:
  ///   the stream has been moved from elsewhere. Nothing is noted then
  boolean reserve(long epoch, String sink, String projection, long position);

  /// Notes where a stream of a sink stands now, and that it may stand no further.
  void stands(long epoch, String sink, String projection, Standing standing);

  /// Forgets where a stream of a sink stood, because the sink shows nothing of it any more.
  void ended(long epoch, String sink, String projection);

  /// Notes why a sink does not let go of a stream.
  ///
  /// @param reason for a person; null once it lets go of it
  void stays(long epoch, String sink, String projection, @Nullable String reason);

  /// Streams of which sinks may still show something, of projections that are neither told nor
  /// kept; by the names of sinks and of projections.
  ///
  /// @param told names of the projections that are told
  List<Leaving> leaving(Collection<String> told);

  /// Forgets a stream that a sink does not let go of and of which nothing is kept, because somebody
  /// has seen to what was shown of it.
  ///
  /// @return whether there was one
  boolean letGo(String sink, String projection);

  /// A stream of a sink that is told no more.
  ///
  /// @param reason why the sink does not let go of it, as it said when it was opened last; null
  ///   while it is to be removed
  record Leaving(String sink, String projection, @Nullable String reason) {}
}
