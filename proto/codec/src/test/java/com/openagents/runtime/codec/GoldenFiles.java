package com.openagents.runtime.codec;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The golden events of core, decoded: every type, with and without each optional field.
final class GoldenFiles {

  private static final Path DIRECTORY = Path.of("../../core/src/test/resources/golden");

  private GoldenFiles() {}

  static List<Envelope> decoded() {
    try (var files = Files.list(DIRECTORY)) {
      return files.sorted().map(GoldenFiles::decoded).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Envelope decoded(Path file) {
    try {
      var golden = (Json.Obj) JsonReader.read(Files.readAllBytes(file));
      return EventCodec.decode(
          new StoredEvent(
              RunId.parse(text(golden, "runId")),
              (long) number(golden, "seq"),
              text(golden, "type"),
              (int) number(golden, "version"),
              CanonicalJson.write(field(golden, "payload")),
              Timestamps.read(text(golden, "occurredAt")),
              golden.get("traceId") == null ? null : new TraceId(text(golden, "traceId")),
              epoch(golden)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Long epoch(Json.Obj golden) {
    return golden.get("epoch") == null ? null : (long) number(golden, "epoch");
  }

  private static String text(Json.Obj golden, String name) {
    return ((Json.Str) field(golden, name)).value();
  }

  private static double number(Json.Obj golden, String name) {
    return ((Json.Num) field(golden, name)).value();
  }

  private static Json field(Json.Obj golden, String name) {
    Json value = golden.get(name);
    if (value == null) {
      throw new AssertionError("a golden file has no " + name);
    }
    return value;
  }
}
