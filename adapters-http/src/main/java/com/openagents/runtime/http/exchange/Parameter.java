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

  public static final Parameter SEQ =
      new Parameter(
          In.PATH,
          "seq",
          "The event's sequence.",
          Schema.inline(Json.object().put("type", "integer").put("minimum", 1)));

  public static final Parameter USER_ID =
      header(
          "X-OA-USER-ID",
          "The user for whom the call is made; the signed claims name it too.",
          Schema.inline(Json.object().put("type", "integer").put("minimum", 1)));

  public static final Parameter GUEST_SCOPE =
      header(
          "X-OA-GUEST-SCOPE",
          "The guest for whom the call is made, in the place of a user; the signed claims name it"
              + " too.",
          Schema.inline(Json.object().put("type", "string").put("pattern", "^g-[0-9a-f]{32}$")));

  public static final Parameter TRACE_PARENT =
      header(
          "traceparent",
          "The trace that the call is part of (W3C Trace Context); made when there is none.",
          Schema.TEXT);

  public static final Parameter TRACE_STATE =
      header("tracestate", "What others put on the trace; passed on as it is.", Schema.TEXT);

  public static final Parameter REQUEST_ID =
      header(
          "X-Request-Id",
          "The id of the request, told in its answer; made when there is none.",
          Schema.inline(
              Json.object().put("type", "string").put("pattern", "^[A-Za-z0-9._:/+=@-]{1,128}$")));

  public static Parameter header(String name, String description, Schema schema) {
    return new Parameter(In.HEADER, name, description, schema);
  }

  public static Parameter query(String name, String description, Schema schema) {
    return new Parameter(In.QUERY, name, description, schema);
  }

  /// A whole number within bounds.
  public static Parameter whole(String name, String description, long least, long most) {
    return query(
        name,
        description,
        Schema.inline(
            Json.object().put("type", "integer").put("minimum", least).put("maximum", most)));
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
