package com.openagents.runtime.event;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The life of a run: from creation to exactly one of completed, failed or canceled.
public sealed interface RunEvent extends Event.Known {

  /// @param content digest of the canonical request, which makes the start idempotent
  record RunCreated(RunSpec spec, Digest content) implements RunEvent {
    @Override
    public EventType is() {
      return EventType.RUN_CREATED;
    }
  }

  record RunStarted(NodeId node) implements RunEvent {
    @Override
    public EventType is() {
      return EventType.RUN_STARTED;
    }
  }

  /// @param until when the wait ends by itself, or null when only a frame or a result ends it
  record RunWaiting(WaitingFor waitingFor, @Nullable Instant until) implements RunEvent {
    @Override
    public EventType is() {
      return EventType.RUN_WAITING;
    }
  }

  record RunResumed(NodeId node, Cause cause) implements RunEvent {
    /// What ended the wait, or that a lost executor was replaced.
    public enum Cause {
      FRAMES,
      TIMER,
      RECOVERY
    }

    @Override
    public EventType is() {
      return EventType.RUN_RESUMED;
    }
  }

  /// Version 1 had no `requestedBy`.
  ///
  /// @param requestedBy `owner`, `operator` or `runtime`
  record RunCancelRequested(@Nullable String reason, String requestedBy) implements RunEvent {
    @Override
    public EventType is() {
      return EventType.RUN_CANCEL_REQUESTED;
    }
  }

  record RunCompleted() implements RunEvent {
    @Override
    public EventType is() {
      return EventType.RUN_COMPLETED;
    }
  }

  /// @param message says to a person what happened; no secret, no stack trace
  record RunFailed(ReasonClass reasonClass, String message) implements RunEvent {
    @Override
    public EventType is() {
      return EventType.RUN_FAILED;
    }
  }

  /// @param reason what the request for it said; null where it said nothing, or where the run ended
  ///   without its log being read, as after a crash
  record RunCanceled(ReasonClass reasonClass, @Nullable String reason) implements RunEvent {
    @Override
    public EventType is() {
      return EventType.RUN_CANCELED;
    }
  }

  /// @param node the holder whose lease ran out
  /// @param epoch the epoch that it held
  /// @param attempt which recovery without progress this is, from 1
  /// @param resumeAfterMs how long to wait before the next executor may begin, in milliseconds
  record RunExecutorLost(NodeId node, long epoch, int attempt, long resumeAfterMs)
      implements RunEvent {
    @Override
    public EventType is() {
      return EventType.RUN_EXECUTOR_LOST;
    }
  }

  /// @param limit `events`, `bytes`, `turn_deadline` or `run_deadline`
  record RunLimitWarning(String limit, long used, long max) implements RunEvent {
    @Override
    public EventType is() {
      return EventType.RUN_LIMIT_WARNING;
    }
  }

  /// The log of a fork, up to the event before this one, is a copy of another's: nothing that was
  /// begun in it goes on. Only the first event is the fork's own.
  ///
  /// @param from the run that was copied
  /// @param atSeq the last sequence that was copied
  record RunForked(RunId from, long atSeq) implements RunEvent {
    @Override
    public EventType is() {
      return EventType.RUN_FORKED;
    }
  }

  record RunChildStarted(RunId child, String agent) implements RunEvent {
    @Override
    public EventType is() {
      return EventType.RUN_CHILD_STARTED;
    }
  }

  /// @param status the child's terminal state: `completed`, `failed` or `canceled`
  record RunChildEnded(RunId child, String status, @Nullable ReasonClass reasonClass)
      implements RunEvent {
    @Override
    public EventType is() {
      return EventType.RUN_CHILD_ENDED;
    }
  }
}
