package com.openagents.runtime.tail;

import com.openagents.runtime.stream.Published;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A listener that keeps what it gets, and has as much room as the test gives it.
final class Reader implements Listener {

  private final List<Long> got = new CopyOnWriteArrayList<>();
  private final List<Long> flushed = new CopyOnWriteArrayList<>();
  private long room;
  private long wanted = Long.MAX_VALUE;
  private @Nullable RuntimeException failure;

  Reader() {
    this(Long.MAX_VALUE);
  }

  Reader(long room) {
    this.room = room;
  }

  /// Wants nothing behind this sequence.
  Reader until(long seq) {
    wanted = seq;
    return this;
  }

  void room(long more) {
    room = more;
  }

  List<Long> got() {
    return got;
  }

  /// Up to where it had read whenever it was told that nothing follows for now.
  List<Long> flushed() {
    return flushed;
  }

  @Nullable RuntimeException failure() {
    return failure;
  }

  @Override
  public Reception next(Published event) {
    if (room == 0) {
      return Reception.FULL;
    }
    room--;
    got.add(event.envelope().seq());
    return event.envelope().seq() >= wanted ? Reception.DONE : Reception.TAKEN;
  }

  @Override
  public void flush() {
    flushed.add(got.isEmpty() ? 0 : got.getLast());
  }

  @Override
  public void failed(RuntimeException cause) {
    failure = cause;
  }
}
