package com.openagents.runtime.http.model;

import com.openagents.runtime.http.model.Attempt.Head;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// A response that is no answer, while its body comes in. Not thread-safe.
final class Refusal {

  private static final int BYTES_MAX = 16_384;

  private final ChatEndpoint endpoint;
  private final Head head;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  Refusal(ChatEndpoint endpoint, Head head) {
    this.endpoint = endpoint;
    this.head = head;
  }

  /// Returns the trouble as soon as the body is longer than anyone would read.
  Optional<Trouble> feed(ByteBuffer buffer) {
    while (buffer.hasRemaining() && body.size() < BYTES_MAX) {
      body.write(buffer.get());
    }
    return body.size() < BYTES_MAX ? Optional.empty() : Optional.of(trouble());
  }

  Trouble trouble() {
    ProviderError error =
        ChunkReader.read(body.toString(StandardCharsets.UTF_8))
            .map(Chunk::error)
            .orElse(ProviderError.SILENT);
    return Trouble.ofStatus(
        endpoint,
        head.status(),
        error,
        head.headers()
            .firstValue("Retry-After")
            .map(header -> Backoff.retryAfter(header, Instant.now()))
            .orElse(null));
  }
}
