package com.openagents.runtime.token;

import java.time.Instant;

/// Tokens that are good no longer.
///
/// @param until from when on others are good again
public record Revocation(Revoked what, Instant until) {}
