package com.openagents.runtime.app.node;

import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.ProjectionWatch;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings one sink up to the documents, and lets it rest when it does not take them. Used by one
/// thread.
final class SinkDuty {

  /// Documents in one step: as many as may be, so that a large arrear is imported where that is
  /// asked for; a sink divides them as it likes.
  static final int AT_ONCE = 500;

  private static final Logger LOG = LoggerFactory.getLogger(SinkDuty.class);
  private static final Duration REST_MIN = Duration.ofMillis(250);
  private static final Duration REST_MAX = Duration.ofSeconds(30);

  private final String name;
  private final Deliveries deliveries;
  private final KnownSinks known;
  private final ProjectionWatch watch;
  private final LongSupplier nanos;
  private Duration rest = Duration.ZERO;
  private long notBefore;
  private @Nullable String trouble;
  private long noted;

  /// @param nanos tells time as [System#nanoTime] does
  SinkDuty(
      String name,
      Deliveries deliveries,
      KnownSinks known,
      ProjectionWatch watch,
      LongSupplier nanos) {
    this.name = name;
    this.deliveries = deliveries;
    this.known = known;
    this.watch = watch;
    this.nanos = nanos;
    this.notBefore = nanos.getAsLong();
  }

  String name() {
    return name;
  }

  /// Delivers until nothing is due, unless the sink is paused or has been asked to wait.
  void round(long epoch, BooleanSupplier ends) {
    if (nanos.getAsLong() - notBefore < 0 || known.paused(name)) {
      return;
    }
    try {
      deliver(epoch, ends);
    } catch (SinkAway away) {
      failed(epoch, away.reasonClass(), away.getMessage());
    } catch (SinkRefusing refusing) {
      failed(epoch, refusing.reasonClass(), refusing.getMessage());
    } catch (WriterFenced fenced) {
      failed(epoch, "fenced", "the sink is written under a higher epoch than " + epoch);
      throw fenced;
    } catch (StoreUnavailable away) {
      throw away;
    } catch (RuntimeException e) {
      LOG.error("deliveries to the sink {} failed", name, e);
      failed(epoch, "internal", e.toString());
    }
  }

  /// A step of which the sink left something for later is no proof that it takes documents again:
  /// the next one may say why.
  private void deliver(long epoch, BooleanSupplier ends) {
    int due = AT_ONCE;
    while (due == AT_ONCE && !ends.getAsBoolean() && !known.paused(name)) {
      long begun = nanos.getAsLong();
      due = deliveries.step(epoch);
      rest = Duration.ZERO;
      if (due > 0) {
        watch.took(name, nanos.getAsLong() - begun);
      }
      if (!deliveries.left()) {
        note(epoch, null);
      }
    }
  }

  /// Rests twice as long as before, and up to a quarter longer, so that nodes and sinks do not fall
  /// into step.
  private void failed(long epoch, String reasonClass, @Nullable String message) {
    watch.failed(name, reasonClass);
    Duration doubled = rest.multipliedBy(2);
    rest = doubled.compareTo(REST_MIN) < 0 ? REST_MIN : doubled;
    rest = rest.compareTo(REST_MAX) > 0 ? REST_MAX : rest;
    long more = ThreadLocalRandom.current().nextLong(rest.toNanos() / 4 + 1);
    notBefore = nanos.getAsLong() + rest.toNanos() + more;
    note(epoch, reasonClass + ": " + message);
  }

  private void note(long epoch, @Nullable String now) {
    if (Objects.equals(now, trouble) && noted == epoch) {
      return;
    }
    if (now == null && trouble != null) {
      LOG.info("the sink {} takes documents again", name);
    } else if (now != null && trouble == null) {
      LOG.warn("the sink {} takes no documents: {}", name, now);
    }
    trouble = now;
    noted = epoch;
    known.trouble(epoch, name, now);
  }
}
