package com.openagents.runtime.http.run;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.http.body.Refuses;
import com.openagents.runtime.http.schema.Bounded;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What starts a run. What is left out has the default that the run's snapshot shows.
///
/// @param userId or `guestScope`: the principal's
/// @param authenticatedSession false where it is left out, as protobuf's JSON does
/// @param toolPolicy with nothing in it, all tools are allowed; that is to be said, not forgotten
@Refuses(
    fields = {"messages", "contextFrames"},
    because = "has no place here: history lives in the runtime, so send only what is new")
public record StartRunRequest(
    @NotNull @Pattern(regexp = Forms.UUID, message = Forms.UUID_SAID) String runId,
    @NotNull @Pattern(regexp = Forms.ID, message = Forms.ID_SAID) String threadId,
    @Nullable
        @Min(value = 1, message = "a number from 1")
        @Max(value = Forms.WHOLE_MAX, message = "a number up to 2^53-1")
        Long userId,
    @Nullable @Pattern(regexp = Forms.GUEST, message = Forms.GUEST_SAID) String guestScope,
    @Nullable @Pattern(regexp = Forms.ID, message = Forms.ID_SAID) String autopilotId,
    @Nullable Boolean authenticatedSession,
    @NotNull @Valid ToolPolicy toolPolicy,
    @Nullable Lifecycle lifecycle,
    @Nullable @Pattern(regexp = Forms.ID, message = Forms.ID_SAID) String agent,
    @Bounded(bytesMax = Forms.FREE_BYTES_MAX) Json.@Nullable Obj budget,
    @Nullable Instant deadline,
    @Nullable WhileBusy whileBusy,
    @Nullable
        @Min(value = 1, message = "a number from 1")
        @Max(value = Forms.IDLE_MS_MAX, message = Forms.IDLE_MS_SAID)
        Long idleTimeoutMs,
    @Bounded(bytesMax = Forms.FREE_BYTES_MAX) Json.@Nullable Obj metadata,
    @Nullable @Valid SubmitFrameRequest firstFrame) {}
