package com.openagents.runtime.tail;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.tail.Listener.Reception;
import com.openagents.runtime.tail.Tail.Page;
import java.util.ArrayList;
import java.util.List;

/// Reads a run's log for all who are behind, page by page, until nobody is.
///
/// Holds one page at a time, and nothing afterwards.
final class Pass {

  private final EventLog log;
  private final RunId runId;
  private final Tail tail;
  private final int pageSize;

  Pass(EventLog log, RunId runId, Tail tail, int pageSize) {
    this.log = log;
    this.runId = runId;
    this.tail = tail;
    this.pageSize = pageSize;
  }

  void run() {
    for (Page page = tail.next(); page != null; page = tail.next()) {
      try {
        List<StoredEvent> stored = log.read(runId, page.after(), pageSize);
        List<Envelope> events = stored.stream().map(EventCodec::decode).toList();
        List<Subscriber> took = deliver(page, events);
        if (events.size() < pageSize) {
          tail.caughtUp(page, took);
        }
      } catch (StoreUnavailable e) {
        tail.giveUp();
        return;
      } catch (RuntimeException damaged) {
        page.takers().forEach(subscriber -> subscriber.fail(damaged));
      }
    }
  }

  /// @return those who have the whole page
  private List<Subscriber> deliver(Page page, List<Envelope> events) {
    List<Subscriber> took = new ArrayList<>(page.takers().size());
    for (Subscriber subscriber : page.takers()) {
      int readied = tail.readied(subscriber);
      switch (offer(subscriber, events)) {
        case TAKEN -> took.add(subscriber);
        case FULL -> tail.filled(subscriber, readied);
        case DONE -> {}
      }
    }
    return took;
  }

  private static Reception offer(Subscriber subscriber, List<Envelope> events) {
    for (Envelope envelope : events) {
      Reception reception = subscriber.offer(envelope);
      if (reception != Reception.TAKEN) {
        return reception;
      }
    }
    return Reception.TAKEN;
  }
}
