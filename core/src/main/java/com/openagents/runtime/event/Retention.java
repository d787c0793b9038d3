package com.openagents.runtime.event;

/// How long events of a type stay in the log.
public enum Retention {
  /// Kept as long as the run: what folds and audits need.
  CONTROL,
  /// Kept as long as the run: evidence of a prediction, a policy decision or money.
  RECEIPT,
  /// May age out once the whole that it is a part of is in the log.
  DELTA
}
