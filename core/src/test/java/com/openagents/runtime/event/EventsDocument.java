package com.openagents.runtime.event;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The text of docs/events.md, from the types themselves.
final class EventsDocument {

  private static final String HEAD =
      """
      # Events

      Every event type with its current version, its retention class and the fields of its payload.
      This page is generated from the code; a test holds it current.

      An event stands in an envelope: `runId`, `seq` (from 1 without gap), `type`, `version`, `payload`,
      `occurredAt` (the store's clock), and where there is one `traceId` and `epoch` (of the writer, when it was
      the run's executor). The log keeps the payload as canonical JSON (RFC 8785); an absent field is left out.

      Types: *time* is RFC 3339 in UTC with six fractional digits, *digest* is `sha256:` and 64 hex digits,
      *owner* is `user:<number>` or `guest:g-<32 hex digits>`, *integer* ends at 2⁵³−1, *object* and *any* are
      free JSON; `?` marks what may be absent.

      Retention: **control** is kept as long as the run, for folds and audits need it; **receipt** likewise, as evidence of a
      result, a decision or money; **delta** may age out once the whole that it is a part of is in the log.

      A reader lifts an older version to the current one. It keeps an event of an unknown type or of a newer version
      as it is, and folds ignore it.

      | type | version | retention | payload |
      | --- | --- | --- | --- |
      """;

  private EventsDocument() {}

  static String text() {
    var text = new StringBuilder(HEAD);
    for (EventType type : EventType.values()) {
      text.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  type.wireName(),
                  versions(type),
                  type.retention().name().toLowerCase(Locale.ROOT),
                  fields(record(type))));
    }
    text.append("\n## Objects within payloads\n\n| object | fields |\n| --- | --- |\n");
    for (Class<?> part : KnownEvents.parts()) {
      text.append("| %s | %s |\n".formatted(part.getSimpleName(), fields(part)));
    }
    text.append("\n## Closed vocabularies\n\n| vocabulary | words |\n| --- | --- |\n");
    for (Class<?> vocabulary : KnownEvents.vocabularies()) {
      text.append("| %s | %s |\n".formatted(vocabulary.getSimpleName(), words(vocabulary)));
    }
    return text.toString();
  }

  private static String words(Class<?> vocabulary) {
    return Arrays.stream(vocabulary.getEnumConstants())
        .map(constant -> "`" + ((Enum<?>) constant).name().toLowerCase(Locale.ROOT) + "`")
        .collect(Collectors.joining(", "));
  }

  private static String versions(EventType type) {
    return type.version() == 1
        ? "1"
        : type.version()
            + " (reads "
            + IntStream.range(1, type.version())
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "))
            + ")";
  }

  private static Class<?> record(EventType type) {
    return GoldenEvent.all().stream()
        .filter(golden -> golden.type().equals(type.wireName()) && golden.isCurrent())
        .findFirst()
        .map(golden -> EventCodec.decode(golden.stored()).event().getClass())
        .orElseThrow();
  }

  private static String fields(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .map(EventsDocument::field)
        .collect(Collectors.joining(", "));
  }

  private static String field(RecordComponent component) {
    var mark = KnownEvents.isOptional(component) ? "?" : "";
    var type =
        component.getType().equals(List.class)
            ? "list of " + type(component, KnownEvents.item(component))
            : type(component, component.getType());
    return "`%s`%s %s".formatted(component.getName(), mark, type);
  }

  private static String type(RecordComponent component, Class<?> type) {
    if (type.equals(Json.Obj.class)) {
      return "object";
    }
    if (type.equals(Json.class)) {
      return "any";
    }
    if (type.equals(Instant.class)) {
      return "time";
    }
    if (type.equals(Digest.class)) {
      return component.getDeclaringRecord().equals(BlobRef.class)
          ? "string of 64 hex digits"
          : "digest";
    }
    if (KnownEvents.isPart(type) || type.isEnum()) {
      return type.getSimpleName();
    }
    return switch (type.getSimpleName()) {
      case "Principal" -> "owner";
      case "String", "NodeId", "RunId", "ThreadId", "FrameId" -> "string";
      case "long", "int", "Long" -> "integer";
      case "boolean" -> "boolean";
      default -> throw new AssertionError("no word for " + type);
    };
  }
}
