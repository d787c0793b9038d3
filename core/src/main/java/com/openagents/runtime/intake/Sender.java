package com.openagents.runtime.intake;

import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import org.jspecify.annotations.Nullable;

/// Who asks, as far as runs care.
///
/// @param principal whose runs it may touch, or null for an operator who speaks for nobody
/// @param operator whether it may touch every run
public record Sender(@Nullable Principal principal, boolean operator) {

  public Sender {
    if (principal == null && !operator) {
      throw new IllegalArgumentException("a sender is a principal, an operator, or both");
    }
  }

  public static Sender owner(Principal principal) {
    return new Sender(principal, false);
  }

  boolean sees(RunHead head) {
    return operator || head.owner().equals(principal);
  }

  Precondition restrict(Precondition precondition) {
    return operator || principal == null ? precondition : precondition.ownedBy(principal);
  }

  /// `owner` or `operator`, as events name it.
  String role() {
    return operator ? "operator" : "owner";
  }
}
