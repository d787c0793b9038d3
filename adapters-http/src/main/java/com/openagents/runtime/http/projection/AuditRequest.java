package com.openagents.runtime.http.projection;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/// Which runs are to be compared. Without `newest` a walk over all of them, `count` at a time.
///
/// @param after where the walk goes on: `next` of the answer before
public record AuditRequest(
    @Nullable
        @Min(value = 1, message = "a number from 1")
        @Max(value = 200, message = "a number up to 200")
        Long newest,
    @Nullable
        @Pattern(
            regexp = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
            message = "a UUID of 36 characters")
        String after,
    @Nullable
        @Min(value = 1, message = "a number from 1")
        @Max(value = 500, message = "a number up to 500")
        Long count) {}
