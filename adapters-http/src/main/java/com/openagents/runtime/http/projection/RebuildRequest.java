package com.openagents.runtime.http.projection;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// What is to be told again from the log. One of `runId`, `threadId` and `projection`, or none of
/// them for everything.
///
/// @param compareOnly whether nothing is to be written, only compared
public record RebuildRequest(
    @Nullable
        @Pattern(
            regexp = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
            message = "a UUID of 36 characters")
        String runId,
    @Nullable @Size(min = 1, max = 128, message = "1 to 128 characters") String threadId,
    @Nullable @Size(min = 1, max = 64, message = "the name of a projection") String projection,
    @Nullable Boolean compareOnly,
    @Nullable @Size(max = 1000, message = "a text of at most 1000 characters") String reason) {}
