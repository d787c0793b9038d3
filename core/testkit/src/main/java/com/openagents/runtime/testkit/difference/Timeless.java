package com.openagents.runtime.testkit.difference;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.RunHead;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// What is left of an answer when the exact time is taken out of it.
final class Timeless {

  private Timeless() {}

  static Object outcome(Appended outcome) {
    return outcome instanceof Appended.Written(long first, long last, long epoch, _)
        ? "written %d-%d under epoch %d".formatted(first, last, epoch)
        : outcome;
  }

  static Object head(RunHead head) {
    String lease =
        switch (head.lease()) {
          case Lease.Free(long epoch) -> "free at " + epoch;
          case Lease.Held(long epoch, var owner, var expiresAt) ->
              "held at %d by %s for %s".formatted(epoch, owner, roughly(head.readAt(), expiresAt));
        };
    return List.of(
        head.runId(),
        head.threadId(),
        head.owner(),
        head.agent(),
        head.content(),
        head.columns(),
        head.lastSeq(),
        head.floor(),
        lease,
        head.wakeAt() == null ? "never due" : "due in " + roughly(head.readAt(), head.wakeAt()));
  }

  /// The minutes between, to the nearest five: operations wait in multiples of five minutes, and a
  /// real clock adds seconds.
  private static String roughly(Instant from, Instant until) {
    long seconds = Duration.between(from, until).toSeconds();
    return Math.round(seconds / 300.0) * 5 + " min";
  }

  static List<Object> heads(List<RunHead> heads) {
    return heads.stream().map(Timeless::head).toList();
  }

  /// In the order of their ids, for runs that have waited equally long have no order.
  static List<Object> inNoOrder(List<RunHead> heads) {
    return heads(heads.stream().sorted(Comparator.comparing(RunHead::runId)).toList());
  }

  static List<Object> events(List<StoredEvent> events) {
    return events.stream().map(Timeless::event).toList();
  }

  private static Object event(StoredEvent event) {
    return "%s %d %s/%d %s trace %s epoch %s"
        .formatted(
            event.runId(),
            event.seq(),
            event.type(),
            event.version(),
            event.payload(),
            event.traceId(),
            event.epoch());
  }
}
