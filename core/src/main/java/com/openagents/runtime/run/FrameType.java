package com.openagents.runtime.run;

import java.util.Locale;
import java.util.Optional;

/// The kinds of frame that every run understands.
public enum FrameType {
  USER_MESSAGE(Effect.TURN),
  TOOL_APPROVAL(Effect.RESULT),
  TOOL_RESULT(Effect.RESULT),
  SIGNAL(Effect.TURN),
  TICK(Effect.TURN),
  CANCEL(Effect.CONTROL),
  FINISH(Effect.CONTROL),
  FAIL(Effect.CONTROL),
  NOTE(Effect.CONTEXT);

  /// What a frame of the type does to its run; types that an agent declares begin turns.
  public enum Effect {
    /// Begins a turn, now or when the present one has ended.
    TURN,
    /// Ends the wait for something that the run asked for.
    RESULT,
    /// Acts as the call of the same name.
    CONTROL,
    /// Is there to be read by the next turn, and begins none.
    CONTEXT;

    /// Whether a run may be unable to go on, or to end, without it.
    public boolean urgent() {
      return this == RESULT || this == CONTROL;
    }
  }

  private final Effect effect;

  FrameType(Effect effect) {
    this.effect = effect;
  }

  public Effect effect() {
    return effect;
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The effect of a frame by its type's name; types that only an agent knows begin turns.
  public static Effect effectOf(String wireName) {
    return named(wireName).map(FrameType::effect).orElse(Effect.TURN);
  }

  public static Optional<FrameType> named(String wireName) {
    for (FrameType type : values()) {
      if (type.wireName().equals(wireName)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
