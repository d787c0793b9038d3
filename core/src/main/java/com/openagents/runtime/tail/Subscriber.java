package com.openagents.runtime.tail;

import com.openagents.runtime.stream.Published;
import com.openagents.runtime.tail.Listener.Reception;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A listener, and how far it has come. Its place is moved only by the pass that reads for its run;
/// all other fields are guarded by its tail.
final class Subscriber {

  private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

  private final Listener listener;
  private volatile long position;
  private volatile boolean gone;

  /// With whom it is read for.
  Lane lane = Lane.NEW;

  /// Whether there may be events that it has not got.
  boolean behind = true;

  /// Whether it said that it has no room.
  boolean full;

  /// How often it said that it has room again.
  int readied;

  Subscriber(Listener listener, long after) {
    this.listener = listener;
    position = after;
  }

  long position() {
    return position;
  }

  boolean gone() {
    return gone;
  }

  boolean hungry() {
    return behind && !full && !gone;
  }

  void leave() {
    gone = true;
  }

  /// Hands over an event, unless the listener has it.
  ///
  /// @return whether the listener can take the next one
  Reception offer(Published event) {
    long seq = event.envelope().seq();
    if (gone) {
      return Reception.DONE;
    }
    if (seq <= position) {
      return Reception.TAKEN;
    }
    Reception reception = taken(event);
    if (reception == Reception.TAKEN) {
      position = seq;
    } else if (reception == Reception.DONE) {
      gone = true;
    }
    return reception;
  }

  private Reception taken(Published event) {
    try {
      return listener.next(event);
    } catch (RuntimeException e) {
      fail(e);
      return Reception.DONE;
    }
  }

  /// Tells the listener that a page is at its end.
  void flush() {
    try {
      listener.flush();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  void fail(RuntimeException cause) {
    gone = true;
    try {
      listener.failed(cause);
    } catch (RuntimeException e) {
      LOG.warn("a listener failed while it was told of a failure", e);
    }
  }
}
