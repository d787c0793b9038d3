package com.openagents.runtime.http.client;

import org.jspecify.annotations.Nullable;

/// A block of a server-sent event stream.
///
/// @param id the block's own id, or null when it has none
/// @param data the data lines joined, or null when there are none
public record SseEvent(@Nullable String id, @Nullable String data) {}
