package com.openagents.runtime.http.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a caller must know of a call.
///
/// @param operationId unique among all calls
/// @param parameters everything that the call understands beside its body; others are refused
/// @param body what the call is given, or null for a call without body
/// @param replies every answer that is a success
public record Contract(
    String operationId,
    String summary,
    List<Parameter> parameters,
    @Nullable Body body,
    List<Reply> replies) {

  public Contract {
    parameters = List.copyOf(parameters);
    replies = List.copyOf(replies);
  }

  public sealed interface Body {}

  /// @param required whether the call can do without
  public record JsonBody(Class<? extends Record> type, boolean required) implements Body {}

  /// Bytes that the call reads itself.
  public record RawBody(String contentType, int bytesMax) implements Body {}
}
