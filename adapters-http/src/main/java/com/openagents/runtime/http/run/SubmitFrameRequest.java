package com.openagents.runtime.http.run;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.FrameEvent.Source;
import com.openagents.runtime.http.body.Refuses;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.intake.NewFrame;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that happened to a run from outside.
@Refuses(
    fields = {"messages", "contextFrames"},
    because = "has no place here: history lives in the runtime, so send only what is new")
public record SubmitFrameRequest(
    @NotNull @Pattern(regexp = Forms.ID, message = Forms.ID_SAID) String frameId,
    @NotNull @Pattern(regexp = Forms.ID, message = Forms.ID_SAID) String type,
    @NotNull Json.Obj payload,
    @Nullable @Valid FrameSource source,
    @Nullable Instant occurredAt) {

  /// Where a frame came from, as its sender names it.
  public record FrameSource(
      @NotNull @Pattern(regexp = Forms.ID, message = Forms.ID_SAID) String kind,
      @Nullable @Pattern(regexp = Forms.ID, message = Forms.ID_SAID) String requestId) {}

  NewFrame frame() {
    return new NewFrame(
        new FrameId(frameId),
        type,
        payload,
        source == null ? null : new Source(source.kind(), source.requestId()),
        occurredAt);
  }
}
