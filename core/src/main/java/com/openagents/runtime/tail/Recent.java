package com.openagents.runtime.tail;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.stream.Published;
import java.util.ArrayList;
import java.util.List;

/// The last events of a run that this node wrote itself, until those who follow it have them.
///
/// They are the end of its log without a gap between them. What came in between from another node,
/// or what was too much to keep, is read from the log. Not thread-safe.
final class Recent {

  private static final int KEPT_MAX = 256;

  private final List<Published> events = new ArrayList<>(4);

  /// Takes what was written, in the order of sequences. What is told late, behind what came after
  /// it, is left to the log.
  void add(List<Envelope> written) {
    if (written.isEmpty() || written.getFirst().seq() <= last()) {
      return;
    }
    if (written.getFirst().seq() > last() + 1 || events.size() + written.size() > KEPT_MAX) {
      events.clear();
    }
    if (written.size() <= KEPT_MAX) {
      written.stream().map(Published::new).forEach(events::add);
    }
  }

  private long last() {
    return events.isEmpty() ? 0 : events.getLast().envelope().seq();
  }

  /// What follows a sequence, at most so many; empty when they are not all here.
  List<Published> after(long seq, int limit) {
    if (events.isEmpty() || seq < events.getFirst().envelope().seq() - 1 || seq >= last()) {
      return List.of();
    }
    int from = Math.toIntExact(seq + 1 - events.getFirst().envelope().seq());
    return List.copyOf(events.subList(from, Math.min(events.size(), from + limit)));
  }

  void clear() {
    events.clear();
  }
}
