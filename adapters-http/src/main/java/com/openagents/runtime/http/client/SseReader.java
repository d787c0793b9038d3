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

  private static final String MARK = "\uFEFF";

  private final BufferedReader lines;
  private final Runnable heartbeat;
  private boolean begun;

  SseReader(InputStream in) {
    this(in, () -> {});
  }

  /// @param heartbeat runs for every block that is nothing but a comment
  SseReader(InputStream in, Runnable heartbeat) {
    this.heartbeat = heartbeat;
    lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /// Waits for the next block that has an id or data; empty at the end of the stream.
  Optional<SseEvent> next() throws IOException {
    String id = null;
    StringBuilder data = null;
    boolean fields = false;
    boolean comments = false;
    for (String line = line(); line != null; line = line()) {
      if (line.isEmpty()) {
        if (id != null || data != null) {
          return Optional.of(new SseEvent(id, data == null ? null : data.toString()));
        }
        if (comments && !fields) {
          heartbeat.run();
        }
        fields = false;
        comments = false;
        continue;
      }
      String value = value(line);
      boolean comment = line.startsWith(":");
      comments |= comment;
      fields |= !comment;
      if (isField(line, "id") && value.indexOf('\0') < 0) {
        id = value;
      } else if (isField(line, "data")) {
        data = joined(data, value);
      }
    }
    return Optional.empty();
  }

  /// The next line, without the mark that a stream may begin with.
  private @Nullable String line() throws IOException {
    String line = lines.readLine();
    boolean marked = !begun && line != null && line.startsWith(MARK);
    begun = true;
    return marked ? line.substring(1) : line;
  }

  private static boolean isField(String line, String name) {
    return line.startsWith(name)
        && (line.length() == name.length() || line.charAt(name.length()) == ':');
  }

  /// What follows the colon; a field without a colon has an empty value.
  private static String value(String line) {
    int colon = line.indexOf(':');
    String value = colon < 0 ? "" : line.substring(colon + 1);
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
