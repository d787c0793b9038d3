package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The texts that somebody has who joins the pieces of a stream, of raw events or for the AI SDK.
final class TextsRead {

  private static final String DATA = "data: ";

  private final Map<String, StringBuilder> texts = new HashMap<>();

  /// Takes some blocks of the stream, none of them cut.
  void take(byte[] blocks) {
    new String(blocks, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(DATA + "{") && line.contains("delta\""))
        .map(line -> JsonReader.readObject(line.substring(DATA.length()), JsonLimits.STORED))
        .forEach(this::piece);
  }

  private void piece(Json.Obj chunk) {
    switch (text(chunk, "type")) {
      case "message.delta" -> grow(message(payload(chunk, "messageId")), payload(chunk, "text"));
      case "reasoning.delta" ->
          grow(reasoning(payload(chunk, "reasoningId")), payload(chunk, "text"));
      case "text-delta" -> grow(message(text(chunk, "id")), text(chunk, "delta"));
      case "reasoning-delta" -> grow(reasoning(text(chunk, "id")), text(chunk, "delta"));
      default -> {}
    }
  }

  private void grow(String id, String piece) {
    texts.computeIfAbsent(id, _ -> new StringBuilder()).append(piece);
  }

  private static String payload(Json.Obj chunk, String field) {
    return chunk.get("payload") instanceof Json.Obj payload ? text(payload, field) : "";
  }

  private static String text(Json.Obj object, String field) {
    return object.get(field) instanceof Json.Str(String value) ? value : "";
  }

  private static String message(String id) {
    return "message " + id;
  }

  private static String reasoning(String id) {
    return "reasoning " + id;
  }

  /// How what was read differs from the texts that a log has whole.
  Optional<String> difference(List<Envelope> log) {
    return log.stream()
        .map(envelope ->
            switch (envelope.event()) {
              case MessageCompleted m -> difference(message(m.messageId()), m.text());
              case ReasoningCompleted(String id, String text, _) -> difference(reasoning(id), text);
              default -> Optional.<String>empty();
            })
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> difference(String id, String whole) {
    String read = texts.getOrDefault(id, new StringBuilder()).toString();
    return read.equals(whole)
        ? Optional.empty()
        : Optional.of("%s was read as \"%s\", and is \"%s\"".formatted(id, read, whole));
  }
}
