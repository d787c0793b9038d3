package com.openagents.runtime.http.run;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/// From where a run is to be forked, and the id of the fork.
///
/// @param atSeq the last sequence that is wanted
public record ForkRunRequest(
    @NotNull
        @Min(value = 1, message = "a number from 1")
        @Max(value = Forms.WHOLE_MAX, message = "a number up to 2^53-1")
        Long atSeq,
    @NotNull @Pattern(regexp = Forms.UUID, message = Forms.UUID_SAID) String runId) {}
