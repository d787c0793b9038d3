package com.openagents.runtime.log;

import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunState;
import java.util.List;

/// Folds a run from the store, page by page, without the events that may age out.
public final class RunStates {

  private static final int PAGE = 1_000;

  private RunStates() {}

  /// @throws StoreUnavailable when the store does not answer
  public static RunState read(EventLog log, RunId runId) {
    return read(log, runId, RunState.ABSENT);
  }

  /// Goes on from a fold of the log's beginning, such as a checkpoint.
  ///
  /// @throws StoreUnavailable when the store does not answer
  public static RunState read(EventLog log, RunId runId, RunState from) {
    RunState state = from;
    while (true) {
      List<StoredEvent> page = log.readDurable(runId, state.lastSeq(), PAGE);
      for (StoredEvent stored : page) {
        state = RunFold.apply(state, EventCodec.decode(stored));
      }
      if (page.size() < PAGE) {
        return state;
      }
    }
  }
}
