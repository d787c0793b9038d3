package com.openagents.runtime.stream;

import com.openagents.runtime.event.Envelope;

/// Finds where a reader with a cursor may begin without reading the whole log before it.
///
/// It is given the events up to the cursor without those that may age out, which are most. The
/// runner begins at the last place where nothing was half said; from there it needs every event.
/// Not thread-safe.
///
/// @param <S> the state of the mapping
public final class Resumption<S> {

  private final Mapping<S> mapping;
  private final long cursor;
  private S state;
  private S restingState;
  private long restedAt;

  /// @param cursor the last sequence that the reader has seen
  public Resumption(Mapping<S> mapping, long cursor) {
    this.mapping = mapping;
    this.cursor = cursor;
    state = mapping.initial();
    restingState = state;
    restedAt = mapping.stateless() ? cursor : 0;
  }

  /// The sequence behind which [#next] needs the events.
  public long position() {
    return restedAt;
  }

  /// Takes the next durable event; one beyond the cursor changes nothing.
  public void next(Envelope durable) {
    if (durable.seq() > cursor) {
      return;
    }
    state = mapping.next(state, durable).state();
    if (mapping.resting(state) && !StreamRunner.terminal(durable)) {
      restingState = state;
      restedAt = durable.seq();
    }
  }

  /// A runner that is to be given every event after its [StreamRunner#position()].
  public StreamRunner<S> runner() {
    return new StreamRunner<>(mapping, restingState, restedAt, cursor);
  }
}
