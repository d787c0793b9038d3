package com.openagents.runtime.testkit.assertion;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The payload of an event in one line of a table: what was said or decided first, digests by their
/// first digits, and no more than fits.
final class ShortPayload {

  private static final int LENGTH_MAX = 160;
  private static final List<String> FIRST = List.of("text", "payload", "message", "intents");
  private static final Pattern DIGEST = Pattern.compile("(sha256:[0-9a-f]{4})[0-9a-f]{60}");

  private ShortPayload() {}

  static String of(Event event) {
    Map<String, Json> fields =
        JsonReader.readObject(EventCodec.payload(event), JsonLimits.STORED).fields();
    Set<String> names = new LinkedHashSet<>(FIRST);
    names.retainAll(fields.keySet());
    names.addAll(fields.keySet());
    String payload =
        names.stream()
            .map(name -> Json.object().put(name, fields.get(name)).build())
            .map(CanonicalJson::write)
            .map(field -> field.substring(1, field.length() - 1))
            .collect(Collectors.joining(",", "{", "}"));
    String line = DIGEST.matcher(payload).replaceAll("$1…");
    return line.length() <= LENGTH_MAX ? line : line.substring(0, LENGTH_MAX) + "…";
  }
}
