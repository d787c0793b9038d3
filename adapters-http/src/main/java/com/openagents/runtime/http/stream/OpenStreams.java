package com.openagents.runtime.http.stream;

import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.stream.StreamRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All streams that are open on the node, kept alive and kept in bounds by one timer. Thread-safe.
public final class OpenStreams implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OpenStreams.class);
  private static final Duration STALLING = Duration.ofSeconds(1);
  private static final Duration BACK_SOON = Duration.ofSeconds(5);

  private final StreamSettings settings;
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  private final Semaphore places;
  private final LongAdder stalled = new LongAdder();
  private final ScheduledFuture<?> tending;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("stream-heartbeat").factory());

  public OpenStreams(StreamSettings settings) {
    this.settings = settings;
    this.places = new Semaphore(settings.streamsMax());
    long tick = Math.min(1_000, settings.heartbeat().toMillis());
    tending = timer.scheduleWithFixedDelay(this::tend, tick, tick, TimeUnit.MILLISECONDS);
  }

  /// Takes a place, for a stream that is about to be opened.
  ///
  /// @throws Problem when there is none
  Place place() {
    if (!places.tryAcquire()) {
      throw new Problem(
              ProblemCode.OVERLOADED, "The node holds as many streams as it can: try another node.")
          .because("streams")
          .retryAfter(BACK_SOON);
    }
    return new Place();
  }

  /// A stream's place on the node. Whoever has one opens a stream, or gives it back.
  final class Place {

    /// Makes a stream that is kept alive until it ends, and has the place until then.
    EventStream open(StreamRunner<?> runner, Connection connection) throws IOException {
      try {
        EventStream stream =
            new EventStream(runner, connection, settings.queuedBytesMax(), OpenStreams.this::ended);
        streams.add(stream);
        return stream;
      } catch (IOException | RuntimeException e) {
        giveBack();
        throw e;
      }
    }

    void giveBack() {
      places.release();
    }
  }

  private void ended(EventStream stream) {
    if (streams.remove(stream)) {
      places.release();
    }
  }

  /// How many streams are open.
  public int count() {
    return settings.streamsMax() - places.availablePermits();
  }

  /// The bytes that are in memory for readers which are slower than their runs, of all streams.
  public long heldBytes() {
    return streams.stream().mapToLong(EventStream::heldBytes).sum();
  }

  /// How many readers were cut because they took nothing.
  public long stalledCount() {
    return stalled.sum();
  }

  private void tend() {
    long now = System.nanoTime();
    for (EventStream stream : streams) {
      try {
        if (!stream.tend(now, settings.heartbeat(), settings.stalledMax())) {
          stalled.increment();
        }
      } catch (RuntimeException | Error e) {
        LOG.warn("a stream could not be tended", e);
      }
    }
    relieve(now);
  }

  /// Cuts readers that take nothing, longest first, until all streams together hold no more than
  /// they may.
  private void relieve(long now) {
    long excess = heldBytes() - settings.heldBytesMax();
    if (excess <= 0) {
      return;
    }
    List<EventStream> stalling =
        streams.stream()
            .filter(stream -> stream.quietNanos(now) > STALLING.toNanos())
            .sorted(Comparator.comparingLong((EventStream s) -> s.quietNanos(now)).reversed())
            .toList();
    for (EventStream stream : stalling) {
      if (excess <= 0) {
        return;
      }
      excess -= stream.heldBytes();
      cut(stream);
      stalled.increment();
    }
  }

  /// Breaks every stream, so that readers go on elsewhere.
  @Override
  public void close() {
    tending.cancel(false);
    timer.shutdown();
    streams.forEach(OpenStreams::cut);
  }

  private static void cut(EventStream stream) {
    try {
      stream.cut();
    } catch (RuntimeException e) {
      LOG.warn("a stream could not be cut", e);
    }
  }
}
