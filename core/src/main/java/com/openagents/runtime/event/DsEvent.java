package com.openagents.runtime.event;

import com.openagents.runtime.canon.Digest;
import org.jspecify.annotations.Nullable;

/// Evidence of controlled behaviour: predictions and policy decisions.
public sealed interface DsEvent extends Event.Known {

  /// @param signature `namespace/Name.vN`
  /// @param artifact the compiled artifact in force, or null for the signature's defaults
  /// @param outcome `ok` or the class of the failure
  record DsPredicted(
      String predictionId,
      String signature,
      @Nullable Digest artifact,
      String strategy,
      String outcome,
      Digest receipt)
      implements DsEvent {
    @Override
    public EventType is() {
      return EventType.DS_PREDICTED;
    }
  }

  /// @param subject what was decided about, such as a tool call id
  /// @param decision `allowed` or `denied`
  /// @param evaluation digest of everything the decision rests on, for replay
  record PolicyDecided(String subject, String decision, String reasonCode, Digest evaluation)
      implements DsEvent {
    @Override
    public EventType is() {
      return EventType.POLICY_DECIDED;
    }
  }
}
