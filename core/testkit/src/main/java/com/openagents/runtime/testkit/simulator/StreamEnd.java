package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionSink.Outcome;
import java.util.List;
import java.util.Optional;

/// What a process reaches of a sink's streams: a write says where it begins, and the sink does
/// nothing when the stream stands elsewhere.
interface StreamEnd {

  /// @param outcomes empty when the stream stands elsewhere
  /// @param position where it stands now
  record Answer(Optional<List<Outcome>> outcomes, long position) {}

  Answer write(long from, long epoch, String projection, long generation, List<Change> changes);
}
