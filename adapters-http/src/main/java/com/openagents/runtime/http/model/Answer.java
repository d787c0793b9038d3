package com.openagents.runtime.http.model;

import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.http.model.Chunk.Usage;
import com.openagents.runtime.http.model.Lines.TooLong;
import com.openagents.runtime.model.ModelStream.Done;
import com.openagents.runtime.model.ModelStream.Polled;
import com.openagents.runtime.model.ModelStream.Reasoning;
import com.openagents.runtime.model.ModelStream.Text;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Understands the body of a streamed answer: bytes in, text and reasoning out. Not thread-safe.
final class Answer {

  private static final int LINE_BYTES_MAX = 1 << 20;
  private static final long BYTES_MAX = 64L << 20;
  private static final String FIELD = "data:";

  private final ChatEndpoint endpoint;
  private final Lines lines = new Lines(LINE_BYTES_MAX, BYTES_MAX);
  private final Queue<Polled> said = new ArrayDeque<>();
  private final WholeText text = new WholeText();
  private final WholeText reasoning = new WholeText();
  private @Nullable String finishReason;
  private @Nullable String model;
  private @Nullable Usage usage;
  private boolean over;

  Answer(ChatEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /// What was understood and not yet taken, or null.
  @Nullable Polled take() {
    return said.poll();
  }

  /// Whether the provider said that nothing follows.
  boolean isOver() {
    return over;
  }

  Optional<Trouble> feed(ByteBuffer buffer) {
    try {
      for (String line : lines.feed(buffer)) {
        Optional<Trouble> trouble = line(line);
        if (trouble.isPresent()) {
          return trouble;
        }
      }
      return Optional.empty();
    } catch (TooLong e) {
      return Optional.of(Trouble.malformed(endpoint.provider(), "sent more than an answer has"));
    }
  }

  /// Takes note that the body has ended.
  Optional<Trouble> end() {
    return line(lines.rest())
        .or(() -> {
          if (finishReason == null && !over) {
            return Optional.of(Trouble.cutOff(endpoint.provider()));
          }
          finish();
          return Optional.empty();
        });
  }

  private Optional<Trouble> line(String line) {
    if (over || !line.startsWith(FIELD)) {
      return Optional.empty();
    }
    String value = line.substring(FIELD.length()).strip();
    if (value.equals("[DONE]")) {
      finish();
      return Optional.empty();
    }
    return ChunkReader.read(value)
        .map(this::chunk)
        .orElseGet(() ->
            Optional.of(
                Trouble.malformed(endpoint.provider(), "sent what is not a chunk of JSON")));
  }

  private Optional<Trouble> chunk(Chunk chunk) {
    ProviderError error = chunk.error();
    if (error != null) {
      int status = error.status(500);
      return Optional.of(Trouble.ofStatus(endpoint, status, error, null));
    }
    model = chunk.model() == null || chunk.model().isBlank() ? model : chunk.model();
    usage = chunk.usage() == null ? usage : chunk.usage();
    finishReason = chunk.finishReason() == null ? finishReason : chunk.finishReason();
    if ("error".equals(finishReason)) {
      return Optional.of(Trouble.cutOff(endpoint.provider()));
    }
    String thought = reasoning.add(chunk.reasoning());
    if (!thought.isEmpty()) {
      said.add(new Reasoning(thought));
    }
    String spoken = text.add(chunk.text());
    if (!spoken.isEmpty()) {
      said.add(new Text(spoken));
    }
    return Optional.empty();
  }

  private void finish() {
    if (over) {
      return;
    }
    over = true;
    said.add(
        new Done(
            new ModelUse(
                endpoint.provider(),
                model == null ? endpoint.model() : model,
                portable(finishReason),
                usage == null ? null : usage.inputTokens(),
                usage == null ? null : usage.outputTokens())));
  }

  /// The provider's reason in the words that events use.
  private static String portable(@Nullable String reason) {
    return switch (reason) {
      case "stop", "end_turn", "eos" -> "stop";
      case "length", "max_tokens" -> "length";
      case "content_filter" -> "content-filter";
      case "tool_calls", "function_call" -> "tool-calls";
      case null, default -> "other";
    };
  }
}
