package com.openagents.runtime.http.run;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/// Several frames for one run, in their order.
public record SubmitFramesRequest(
    @NotNull
        @Size(min = 1, max = SubmitFramesRequest.FRAMES_MAX, message = "a list of 1 to 100 frames")
        List<@Valid SubmitFrameRequest> frames) {

  /// As many as one statement writes with room for others beside them.
  static final int FRAMES_MAX = 100;
}
