package com.openagents.runtime.http.exchange;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.schema.Schema;

/// A value that stands in the path, the query or a header. Queries and headers are always optional.
public record Parameter(In in, String name, String description, Schema schema) {

  public enum In {
    PATH,
    QUERY,
    HEADER
  }

  public static final Parameter RUN_ID = new Parameter(In.PATH, "runId", "The run.", Schema.UUID);

  public static final Parameter THREAD_ID =
      new Parameter(In.PATH, "threadId", "The thread, percent-encoded.", Schema.TEXT);

  public static Parameter query(String name, String description, Schema schema) {
    return new Parameter(In.QUERY, name, description, schema);
  }

  /// How many items a page has at most.
  public static Parameter limit(int most, int otherwise) {
    return query(
        "limit",
        "At most so many; " + otherwise + " when it is left out.",
        Schema.inline(
            Json.object()
                .put("type", "integer")
                .put("minimum", 1)
                .put("maximum", most)
                .put("default", otherwise)));
  }
}
