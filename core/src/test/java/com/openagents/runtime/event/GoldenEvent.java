package com.openagents.runtime.event;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An event as it was once written, in its public form: what every later version must still read.
record GoldenEvent(String file, Json.Obj envelope) {

  private static final Path DIRECTORY = Path.of("src/test/resources/golden");

  static List<GoldenEvent> all() {
    try (var files = Files.list(DIRECTORY)) {
      return files.sorted().map(GoldenEvent::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoldenEvent read(Path file) {
    try {
      var envelope = (Json.Obj) JsonReader.read(Files.readAllBytes(file));
      return new GoldenEvent(file.getFileName().toString(), envelope);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String type() {
    return text("type");
  }

  int version() {
    return (int) number("version");
  }

  Json.Obj payload() {
    return (Json.Obj) field("payload");
  }

  boolean isCurrent() {
    return version() == EventType.named(type()).orElseThrow().version();
  }

  StoredEvent stored() {
    return stored(payload());
  }

  /// The same event with another payload.
  StoredEvent stored(Json.Obj payload) {
    return new StoredEvent(
        RunId.parse(text("runId")),
        (long) number("seq"),
        type(),
        version(),
        CanonicalJson.write(payload),
        Timestamps.read(text("occurredAt")),
        envelope.get("traceId") == null ? null : new TraceId(text("traceId")),
        epoch());
  }

  private @Nullable Long epoch() {
    return envelope.get("epoch") == null ? null : (long) number("epoch");
  }

  private String text(String name) {
    return ((Json.Str) field(name)).value();
  }

  private double number(String name) {
    return ((Json.Num) field(name)).value();
  }

  private Json field(String name) {
    Json value = envelope.get(name);
    if (value == null) {
      throw new AssertionError(file + " has no " + name);
    }
    return value;
  }

  @Override
  public String toString() {
    return file;
  }
}
