package com.openagents.runtime.http.token;

import com.openagents.runtime.access.Membership;
import com.openagents.runtime.token.Scope;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A token for Convex that a client asks for.
///
/// @param workspaceId and `role`: refused unless the session proves the same
public record ConvexTokenRequest(
    @Nullable @Size(max = Words.SCOPES_MAX, message = Words.SCOPES_SAID)
        List<@Pattern(regexp = Scope.FORM, message = Words.SCOPE_SAID) String> scope,
    @Nullable @Pattern(regexp = Words.NAME, message = Words.NAME_SAID) String workspaceId,
    Membership.@Nullable Role role,
    @Nullable
        @Min(value = Words.LIFE_MIN, message = Words.LIFE_SAID)
        @Max(value = Words.LIFE_MAX, message = Words.LIFE_SAID)
        Long ttlSeconds) {}
