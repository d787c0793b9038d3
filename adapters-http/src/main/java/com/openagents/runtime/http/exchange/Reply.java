package com.openagents.runtime.http.exchange;

import com.openagents.runtime.http.schema.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A successful answer that a call may have. Several may have one status: their content differs.
///
/// @param contentType null when there is no content
/// @param schema null when the content is no JSON
/// @param headers that are in this answer beside those of all
public record Reply(
    int status,
    String description,
    @Nullable String contentType,
    @Nullable Schema schema,
    List<Header> headers) {

  public static final String JSON = "application/json";

  /// Server-sent events.
  public static final String EVENT_STREAM = "text/event-stream";

  public Reply {
    headers = List.copyOf(headers);
  }

  public record Header(String name, String description, Schema schema) {}

  public static Reply json(int status, String description, Schema schema) {
    return new Reply(status, description, JSON, schema, List.of());
  }

  public static Reply content(int status, String description, String contentType) {
    return new Reply(status, description, contentType, null, List.of());
  }

  public static Reply empty(int status, String description) {
    return new Reply(status, description, null, null, List.of());
  }

  /// The same answer with headers of its own.
  public Reply with(List<Header> own) {
    return new Reply(status, description, contentType, schema, own);
  }

  /// Whether it goes on while a run does.
  public boolean isStream() {
    return EVENT_STREAM.equals(contentType);
  }
}
