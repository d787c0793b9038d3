package com.openagents.runtime.http.token;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// What tokens are to be revoked by, and for how long.
///
/// @param name a subject, `user:<id>` or `guest:<scope>`, or the `jti` of one token
public record RevokeTokensRequest(
    @NotNull RevokedKind kind,
    @NotNull @Pattern(regexp = Words.NAME, message = Words.NAME_SAID) String name,
    @Nullable
        @Min(value = Words.REVOKED_MIN, message = Words.REVOKED_SAID)
        @Max(value = Words.REVOKED_MAX, message = Words.REVOKED_SAID)
        Long forSeconds,
    @Nullable @Size(max = Words.REASON_MAX, message = Words.REASON_SAID) String reason) {}
