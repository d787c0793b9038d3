package com.openagents.runtime.run;

import com.openagents.runtime.event.RunEvent;

/// The answer of [RunRules#decide].
public sealed interface RunVerdict {

  /// The fact to append.
  record Accepted(RunEvent event) implements RunVerdict {}

  /// What was asked is so already; a success without effect.
  record AlreadyDone() implements RunVerdict {}

  record Refused(Refusal why) implements RunVerdict {}

  enum Refusal {
    UNKNOWN_RUN,
    ALREADY_EXISTS,
    NOT_STARTED,
    CANCELING,
    RUN_ENDED
  }
}
