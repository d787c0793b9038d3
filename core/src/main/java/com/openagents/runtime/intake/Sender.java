package com.openagents.runtime.intake;

import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.run.FrameType;
import java.util.Optional;
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

  /// Whether what the principal owns exists for this sender.
  public boolean sees(Principal owner) {
    return operator || owner.equals(principal);
  }

  /// Whether frames of a type may come from this sender; types that only an agent knows are the
  /// owner's.
  boolean maySend(Optional<FrameType> type, Principal owner) {
    FrameType known = type.orElse(FrameType.USER_MESSAGE);
    return switch (known) {
      case TICK -> false;
      case USER_MESSAGE, TOOL_RESULT, SIGNAL -> owner.equals(principal);
      case TOOL_APPROVAL, CANCEL, FINISH, FAIL, NOTE -> sees(owner);
    };
  }

  Precondition restrict(Precondition precondition) {
    return operator || principal == null ? precondition : precondition.ownedBy(principal);
  }

  /// `owner` or `operator`, as events name it.
  String role() {
    return operator ? "operator" : "owner";
  }
}
