package com.openagents.runtime.log;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads many logs at once, for whoever folds all of them. Thread-safe; may throw
/// [StoreUnavailable].
public interface LogScan {

  /// Reads the next events of several runs in one look.
  ///
  /// What may age out comes without its content, as the empty object `{}`: nothing that is rebuilt
  /// from a log may depend on it.
  ///
  /// @param from runs that differ, at most 1,000
  /// @param perRun at most this many events of each run, 1 to 10,000
  /// @param max at most this many events in all, at least 1
  /// @param characters of payloads, at least 1: the event that reaches this many is the last one
  /// @return in the order of the list, then of sequence; a run of which less than `perRun` events
  ///   came had no more, unless `max` events came or so many characters. Runs that do not exist
  ///   have no events
  List<StoredEvent> read(List<From> from, int perRun, int max, long characters);

  /// Begins to read what [#read] gives, so that whoever asks can do something else meanwhile.
  ///
  /// @return waits for the events, once; they are those of some moment since this call. Throws what
  ///   [#read] throws
  default Supplier<List<StoredEvent>> begin(List<From> from, int perRun, int max, long characters) {
    return new Begun(read(from, perRun, max, characters));
  }

  /// Pages through all runs in the order of their ids.
  ///
  /// @param after the last run of the page before, or null for the first page
  /// @param limit 1 to 10,000
  List<Reach> runs(@Nullable RunId after, int limit);

  /// The runs of each of these threads, in the order of their ids; threads without runs are left
  /// out.
  Map<ThreadId, List<RunId>> runsOf(Collection<ThreadId> threads);

  /// What was read at once when it was begun.
  record Begun(List<StoredEvent> get) implements Supplier<List<StoredEvent>> {}

  /// @param after the last sequence already seen, 0 for none
  record From(RunId runId, long after) {}

  /// @param lastSeq the head of the run's log
  record Reach(RunId runId, long lastSeq) {}
}
