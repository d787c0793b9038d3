package com.openagents.runtime.event;

import java.util.Locale;

/// Why a run failed or was canceled; a closed vocabulary that callers may switch on.
public enum ReasonClass {
  CANCEL_REQUESTED,
  EXECUTION_FAILED,
  AGENT_ERROR,
  MODEL_UNAVAILABLE,
  LOOP_DETECTED,
  BUDGET_EXHAUSTED,
  POLICY_DENIED,
  RECOVERY_EXHAUSTED,
  POISON_FRAME,
  DEADLINE_EXCEEDED,
  IDLE_TIMEOUT,
  LOG_LIMIT;

  /// The form on the wire and in the store: `cancel_requested`.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static ReasonClass named(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
