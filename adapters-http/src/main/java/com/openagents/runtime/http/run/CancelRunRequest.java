package com.openagents.runtime.http.run;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// Why a run is to stop.
public record CancelRunRequest(
    @Nullable @Size(max = Forms.REASON_MAX, message = "a text of at most 1000 characters")
        String reason) {}
