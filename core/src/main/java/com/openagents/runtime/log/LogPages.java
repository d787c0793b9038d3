package com.openagents.runtime.log;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.LogScan.From;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads several logs to their heads, a page at a time, and the next page while one is worked on.
/// One use; not thread-safe; throws what [LogScan] throws.
///
/// A page is of some moment after the page before it was asked for, so two pages are in memory.
public final class LogPages {

  private final LogScan scan;
  private final int perRun;
  private final int max;
  private final long characters;
  private final Map<RunId, Long> open = new LinkedHashMap<>();
  private List<From> asked = List.of();
  private @Nullable Supplier<List<StoredEvent>> coming;

  /// @param from runs that differ, at most 1,000
  /// @param perRun at most this many events of each run in a page
  /// @param max at most this many events in a page
  /// @param characters of payloads, with which a page ends
  public LogPages(LogScan scan, List<From> from, int perRun, int max, long characters) {
    this.scan = scan;
    this.perRun = perRun;
    this.max = max;
    this.characters = characters;
    from.forEach(one -> open.put(one.runId(), one.after()));
    ask();
  }

  private void ask() {
    asked = open.entrySet().stream().map(e -> new From(e.getKey(), e.getValue())).toList();
    coming = asked.isEmpty() ? null : scan.begin(asked, perRun, max, characters);
  }

  /// The next events, in the order of the runs, then of sequence; empty at the heads of all logs.
  public List<StoredEvent> next() {
    if (coming == null) {
      return List.of();
    }
    List<StoredEvent> page = coming.get();
    advance(page);
    ask();
    return page;
  }

  /// Events come in the order of the runs, so a page that is full leaves only its last run and
  /// those behind it with events that had no room.
  private void advance(List<StoredEvent> page) {
    @Nullable RunId cut = full(page) ? page.getLast().runId() : null;
    int at = 0;
    boolean room = true;
    for (From one : asked) {
      RunId runId = one.runId();
      int begin = at;
      while (at < page.size() && page.get(at).runId().equals(runId)) {
        at++;
      }
      room &= !runId.equals(cut);
      if (room && at - begin < perRun) {
        open.remove(runId);
      } else if (at > begin) {
        long seq = page.get(at - 1).seq();
        open.computeIfPresent(runId, (_, _) -> seq);
      }
    }
  }

  private boolean full(List<StoredEvent> page) {
    return page.size() >= max
        || page.stream().mapToLong(event -> event.payload().length()).sum() >= characters;
  }

  /// Whether more of a log may come.
  public boolean reading(RunId runId) {
    return open.containsKey(runId);
  }

  /// Reads a log no further; events of it may still come in the next page.
  public void leave(RunId runId) {
    open.remove(runId);
  }
}
