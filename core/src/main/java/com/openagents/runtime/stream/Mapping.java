package com.openagents.runtime.stream;

import com.openagents.runtime.event.Envelope;
import java.util.List;

/// A format of a run's stream, as a Mealy machine over the run's events.
///
/// Laws: `next` is a total function, also of events that cannot follow each other; two mappings
/// that are equal give equal chunks for equal events.
///
/// @param <S> an immutable state
public interface Mapping<S> {

  S initial();

  Step<S> next(S state, Envelope envelope);

  /// Whether a state that was folded without the events that may age out is the same as the state
  /// folded with them. True wherever nothing is half said.
  boolean resting(S state);

  /// Whether the state never changes, so that a reader may begin anywhere without a look back.
  default boolean stateless() {
    return false;
  }

  /// Whether `[DONE]` follows the last event.
  default boolean saysDone() {
    return true;
  }

  /// How a log is read from its start, where pieces may have aged out. Shows the same of a log that
  /// is whole.
  default Mapping<?> replay() {
    return this;
  }

  /// @param chunks what the event shows, in order; empty when the format does not show it
  record Step<S>(S state, List<Chunk> chunks) {
    public Step {
      chunks = List.copyOf(chunks);
    }
  }
}
