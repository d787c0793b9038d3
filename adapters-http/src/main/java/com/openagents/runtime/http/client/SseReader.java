package com.openagents.runtime.http.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Cuts a server-sent event stream into blocks, as the WHATWG HTML standard has it (section 9.2); a
/// block that the end of the stream leaves unfinished is dropped. Not thread-safe.
final class SseReader implements AutoCloseable {

  private final BufferedReader lines;

  SseReader(InputStream in) {
    lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /// Waits for the next block that has an id or data; empty at the end of the stream.
  Optional<SseEvent> next() throws IOException {
    String id = null;
    StringBuilder data = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (id != null || data != null) {
          return Optional.of(new SseEvent(id, data == null ? null : data.toString()));
        }
      } else if (line.startsWith("id:")) {
        id = value(line, "id:");
      } else if (line.startsWith("data:")) {
        data = joined(data, value(line, "data:"));
      }
    }
    return Optional.empty();
  }

  private static String value(String line, String field) {
    String value = line.substring(field.length());
    return value.startsWith(" ") ? value.substring(1) : value;
  }

  private static StringBuilder joined(@Nullable StringBuilder data, String line) {
    return data == null ? new StringBuilder(line) : data.append('\n').append(line);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
