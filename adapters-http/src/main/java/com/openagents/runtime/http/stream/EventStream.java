package com.openagents.runtime.http.stream;

import com.openagents.runtime.stream.Published;
import com.openagents.runtime.stream.StreamRunner;
import com.openagents.runtime.tail.Listener;
import com.openagents.runtime.tail.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open stream: what its run's tail brings is rendered and written as fast as the reader takes
/// it.
///
/// It ends cleanly only behind the run's end. In mid-run it can only be broken, for a reader takes
/// a clean end for success.
final class EventStream implements Listener, Outlet.Owner {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OPENING =
      ("retry: 2000\n:" + " ".repeat(2048) + "\n\n").getBytes(StandardCharsets.US_ASCII);

  private final StreamRunner<?> runner;
  private final Connection connection;
  private final Consumer<EventStream> onEnd;
  private final Outlet outlet;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private @Nullable Subscription subscription;

  /// @param onEnd told once when nothing more will be written
  EventStream(
      StreamRunner<?> runner, Connection connection, int heldMax, Consumer<EventStream> onEnd)
      throws IOException {
    this.runner = runner;
    this.connection = connection;
    this.onEnd = onEnd;
    this.outlet = new Outlet(connection.out(), heldMax, this);
  }

  /// Begins to write.
  void begin() throws IOException {
    outlet.offer(OPENING);
    connection.out().setWriteListener(outlet);
  }

  /// Takes its place at the tail; may have ended already.
  void follow(Subscription place) {
    synchronized (this) {
      subscription = place;
    }
    if (ended.isDone()) {
      place.cancel();
    } else {
      place.ready();
    }
  }

  /// Completed when nothing more will be written.
  CompletableFuture<Void> ended() {
    return ended;
  }

  @Override
  public Reception next(Published event) {
    if (ended.isDone()) {
      return Reception.DONE;
    }
    if (!outlet.hasRoom()) {
      return Reception.FULL;
    }
    if (runner.missesBefore(event.envelope())) {
      outlet.flush();
      cut();
      return Reception.DONE;
    }
    byte[] bytes = runner.next(event);
    if (runner.ended()) {
      outlet.finish(bytes);
      return Reception.DONE;
    }
    outlet.hold(bytes);
    return Reception.TAKEN;
  }

  @Override
  public void flush() {
    outlet.flush();
  }

  @Override
  public void failed(RuntimeException cause) {
    LOG.warn("a stream cannot be read on", cause);
    outlet.flush();
    cut();
  }

  @Override
  public void roomAgain() {
    Subscription place = place();
    if (place != null) {
      place.ready();
    }
  }

  @Override
  public void finished() {
    leave();
  }

  @Override
  public void broken(Throwable cause) {
    LOG.debug("a reader has gone", cause);
    cut();
  }

  /// Sends a sign of life, or cuts a reader that takes nothing.
  ///
  /// @return false when the reader was cut
  boolean tend(long now, Duration heartbeat, Duration stalledMax) {
    long quiet = now - outlet.progressAt();
    if (outlet.isHolding()) {
      if (quiet > stalledMax.toNanos()) {
        cut();
        return false;
      }
    } else if (quiet >= heartbeat.toNanos()) {
      outlet.offer(HEARTBEAT);
    }
    return true;
  }

  /// How long its reader has taken nothing of what waits for it; 0 when nothing does.
  long quietNanos(long now) {
    return outlet.heldBytes() == 0 ? 0 : now - outlet.progressAt();
  }

  /// The bytes in memory for its reader.
  int heldBytes() {
    return outlet.heldBytes();
  }

  /// Breaks the connection, so that the reader comes back. A stream that has ended leaves its
  /// connection to the calls that follow.
  void cut() {
    try {
      if (!ended.isDone()) {
        connection.breakOff();
      }
    } finally {
      leave();
    }
  }

  private void leave() {
    if (!ended.complete(null)) {
      return;
    }
    onEnd.accept(this);
    Subscription place = place();
    if (place != null) {
      place.cancel();
    }
  }

  private synchronized @Nullable Subscription place() {
    return subscription;
  }
}
