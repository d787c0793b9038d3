package com.openagents.runtime.http.exchange;

import static com.openagents.runtime.http.exchange.ProblemCode.OVERLOADED;
import static com.openagents.runtime.http.exchange.ProblemCode.PAYLOAD_TOO_LARGE;
import static com.openagents.runtime.http.exchange.ProblemCode.REQUEST_TIMEOUT;
import static com.openagents.runtime.http.exchange.ProblemCode.UNPROCESSABLE;
import static com.openagents.runtime.http.exchange.ProblemCode.UNSUPPORTED_MEDIA_TYPE;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a caller must know of a call.
///
/// @param operationId unique among all calls
/// @param parameters everything that the call understands beside its body; others are refused
/// @param body what the call is given, or null for a call without body
/// @param replies every answer that is a success
/// @param refusals why the operation itself refuses; see [Route#refusals()] for all reasons
public record Contract(
    String operationId,
    String summary,
    List<Parameter> parameters,
    @Nullable Body body,
    List<Reply> replies,
    Set<ProblemCode> refusals) {

  public Contract {
    parameters = List.copyOf(parameters);
    replies = List.copyOf(replies);
    refusals = Set.copyOf(refusals);
  }

  public sealed interface Body {
    /// Why what is sent is refused before the operation sees it.
    default Set<ProblemCode> refusals() {
      return Set.of(REQUEST_TIMEOUT, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, OVERLOADED);
    }
  }

  /// @param required whether the call can do without
  public record JsonBody(Class<? extends Record> type, boolean required) implements Body {
    @Override
    public Set<ProblemCode> refusals() {
      return Set.of(
          REQUEST_TIMEOUT, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, OVERLOADED, UNPROCESSABLE);
    }
  }

  /// Bytes that the call reads itself.
  public record RawBody(String contentType, int bytesMax) implements Body {}
}
