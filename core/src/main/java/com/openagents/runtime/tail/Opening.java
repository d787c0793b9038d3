package com.openagents.runtime.tail;

import com.openagents.runtime.stream.CursorVerdict.NoStream;
import com.openagents.runtime.stream.StreamRunner;

/// The answer of [Streams#open].
public sealed interface Opening {

  /// Give the runner every event after its position; [Tails#subscribe] does.
  record At(StreamRunner<?> runner) implements Opening {}

  record Refused(NoStream why) implements Opening {}
}
