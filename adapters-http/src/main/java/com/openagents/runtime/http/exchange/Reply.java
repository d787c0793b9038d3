package com.openagents.runtime.http.exchange;

import com.openagents.runtime.http.schema.Schema;
import org.jspecify.annotations.Nullable;

/// A successful answer that a call may have.
///
/// @param contentType null when there is no content
/// @param schema null when the content is no JSON
public record Reply(
    int status, String description, @Nullable String contentType, @Nullable Schema schema) {

  public static Reply json(int status, String description, Schema schema) {
    return new Reply(status, description, "application/json", schema);
  }

  public static Reply content(int status, String description, String contentType) {
    return new Reply(status, description, contentType, null);
  }

  public static Reply empty(int status, String description) {
    return new Reply(status, description, null, null);
  }
}
