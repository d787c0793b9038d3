package com.openagents.runtime.execution;

import com.openagents.runtime.log.Append;
import com.openagents.runtime.model.ModelRequest;
import java.time.Duration;

/// What a turn wants done next.
public sealed interface Effect {

  record Write(Append append) implements Effect {}

  /// Read the log from behind the given sequence, deltas included.
  record Read(long after) implements Effect {}

  /// Give up the present model call, if any, and open this one.
  record Ask(ModelRequest request) implements Effect {}

  /// Hear what the model says next, for at most `patience`.
  record Poll(Duration patience) implements Effect {}

  /// Nothing more is to be done under this lease.
  record Stop(Why why) implements Effect {}

  enum Why {
    /// The run ended.
    ENDED,
    /// The run waits; the lease was let go.
    WAITING,
    /// The run was given back for another executor to go on.
    RELEASED,
    /// The log holds what only a newer runtime understands, so the run was left to one.
    UNREADABLE,
    /// Another executor may act, so this one must not.
    FENCED
  }
}
