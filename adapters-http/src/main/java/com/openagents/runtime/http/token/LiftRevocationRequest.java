package com.openagents.runtime.http.token;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// Which revocation is to end.
public record LiftRevocationRequest(
    @NotNull RevokedKind kind,
    @NotNull @Pattern(regexp = Words.NAME, message = Words.NAME_SAID) String name,
    @Nullable @Size(max = Words.REASON_MAX, message = Words.REASON_SAID) String reason) {}
