package com.openagents.runtime.tail;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.stream.Published;
import com.openagents.runtime.tail.Listener.Reception;
import com.openagents.runtime.tail.Tail.Page;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a run's log for all of a lane who are behind, page by page, until nobody is.
///
/// Holds one page at a time, and nothing afterwards.
final class Pass {

  private final Reading reading;
  private final RunId runId;
  private final Tail tail;
  private final Lane lane;
  private final int pageSize;

  /// How a page of a log is read.
  @FunctionalInterface
  interface Reading {
    List<Published> page(RunId runId, long after, int limit);
  }

  Pass(Reading reading, RunId runId, Tail tail, Lane lane, int pageSize) {
    this.reading = reading;
    this.runId = runId;
    this.tail = tail;
    this.lane = lane;
    this.pageSize = pageSize;
  }

  /// @return false when the store did not answer
  boolean run() {
    for (Page page = next(); page != null; page = next()) {
      try {
        List<Published> events =
            page.known().isEmpty() ? reading.page(runId, page.after(), pageSize) : page.known();
        List<Subscriber> took = deliver(page, events);
        if (isLast(page, events)) {
          tail.caughtUp(page, took);
        }
      } catch (StoreUnavailable e) {
        tail.giveUp(lane);
        return false;
      } catch (RuntimeException damaged) {
        page.takers().forEach(subscriber -> subscriber.fail(damaged));
      }
    }
    return true;
  }

  private @Nullable Page next() {
    return tail.next(lane, pageSize);
  }

  private boolean isLast(Page page, List<Published> events) {
    return page.known().isEmpty()
        ? events.size() < pageSize
        : tail.reaches(events.getLast().envelope().seq());
  }

  /// @return those who have the whole page
  private List<Subscriber> deliver(Page page, List<Published> events) {
    List<Subscriber> took = new ArrayList<>(page.takers().size());
    for (Subscriber subscriber : page.takers()) {
      int readied = tail.readied(subscriber);
      Reception reception = offer(subscriber, events);
      subscriber.flush();
      switch (reception) {
        case TAKEN -> took.add(subscriber);
        case FULL -> tail.filled(subscriber, readied);
        case DONE -> {}
      }
    }
    return took;
  }

  private static Reception offer(Subscriber subscriber, List<Published> events) {
    for (Published event : events) {
      Reception reception = subscriber.offer(event);
      if (reception != Reception.TAKEN) {
        return reception;
      }
    }
    return Reception.TAKEN;
  }
}
