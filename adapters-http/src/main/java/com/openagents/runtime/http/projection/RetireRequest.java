package com.openagents.runtime.http.projection;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// Which projection's documents are to be removed, because no node tells it any more.
public record RetireRequest(
    @NotNull @Pattern(regexp = "[a-z][a-z0-9_]{0,63}", message = "the name of a projection")
        String projection,
    @Nullable @Size(max = 1000, message = "a text of at most 1000 characters") String reason) {}
