package com.openagents.runtime.access;

import com.openagents.runtime.canon.Digest;
import org.jspecify.annotations.Nullable;

/// A request as it arrived, as far as claims can be bound to it.
///
/// @param method in upper case
/// @param target path and query exactly as sent
/// @param body digest of the body, that of no bytes when there is none
/// @param userId the header that names a user, as sent
/// @param guestScope the header that names a guest, as sent
/// @param runId the run that the path names, as sent
/// @param threadId the thread that the path names
public record Presented(
    String method,
    String target,
    Digest body,
    @Nullable String userId,
    @Nullable String guestScope,
    @Nullable String runId,
    @Nullable String threadId) {}
