package com.openagents.runtime.projection;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventType;
import java.time.Instant;

/// A projection of runs: what its document says, as a fold of one run's log.
///
/// Pure and stateless: the same events give the same state, and a state that was written and read
/// back goes on as the one that was written. `docs/projections.md` shows how to add one.
///
/// @param <S> what the document says of a run, immutable, with equality by value
public interface RunProjection<S> {

  ProjectionId id();

  /// What is said of a run before its first event is applied.
  S first(RunSubject subject);

  /// Whether it tells anything of what events of this type say. The content of others is not read:
  /// [#note] is told of them in place of [#apply].
  default boolean reads(EventType type) {
    return true;
  }

  /// Applies an event that stays in the log, from `run.created` on.
  ///
  /// @return the same state when the event says nothing here
  S apply(S state, Envelope event);

  /// Notes an event that stays in the log and whose content is not read.
  default S note(S state, long seq, String type, Instant at) {
    return state;
  }

  /// Goes past an event that may age out, of which no more than this may be known.
  default S pass(S state, long seq, String type, Instant at) {
    return state;
  }

  /// Writes the fields that are this projection's own.
  void write(S state, Json.Builder body);

  /// Reads what [#write] wrote.
  ///
  /// @throws RuntimeException when the body has another form; the log is then folded again
  S read(Json.Obj body);
}
