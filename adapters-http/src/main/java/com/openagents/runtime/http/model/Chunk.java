package com.openagents.runtime.http.model;

import org.jspecify.annotations.Nullable;

/// One piece of a streamed answer.
///
/// @param text what is said, or empty
/// @param reasoning what is thought aloud, or empty
/// @param finishReason the provider's word for why it stopped, or null while it goes on
/// @param usage null until the provider counts
record Chunk(
    String text,
    String reasoning,
    @Nullable String finishReason,
    @Nullable String model,
    @Nullable Usage usage,
    @Nullable ProviderError error) {

  record Usage(@Nullable Long inputTokens, @Nullable Long outputTokens) {}
}
