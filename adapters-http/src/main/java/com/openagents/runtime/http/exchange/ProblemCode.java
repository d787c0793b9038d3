package com.openagents.runtime.http.exchange;

import java.util.List;
import java.util.Locale;

/// Why a call is refused: the closed vocabulary of `error.code`, with the status of each.
public enum ProblemCode {
  INVALID_REQUEST(400),
  CURSOR_AHEAD(400),
  UNAUTHORIZED(401),
  FORBIDDEN(403),
  NOT_FOUND(404),
  METHOD_NOT_ALLOWED(405),
  NOT_ACCEPTABLE(406),
  REQUEST_TIMEOUT(408),
  CONFLICT(409),
  STALE_CURSOR(410),
  PAYLOAD_TOO_LARGE(413),
  URI_TOO_LONG(414),
  UNSUPPORTED_MEDIA_TYPE(415),
  UNPROCESSABLE(422),
  RATE_LIMITED(429),
  HEADERS_TOO_LARGE(431),
  INTERNAL_ERROR(500),
  OVERLOADED(503),
  NOT_CONFIGURED(503);

  /// Of HTTP itself: the request is of a version that the server does not speak.
  private static final int VERSION_NOT_SUPPORTED = 505;

  private final int status;

  ProblemCode(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }

  /// The code that a status of the server's own stands for.
  public static ProblemCode ofStatus(int status) {
    for (ProblemCode code : values()) {
      if (code.status == status) {
        return code;
      }
    }
    return status >= 500 && status != VERSION_NOT_SUPPORTED ? INTERNAL_ERROR : INVALID_REQUEST;
  }

  /// Whether the request was read to its end, so that another may follow on its connection.
  public boolean keepsConnection() {
    return this != PAYLOAD_TOO_LARGE && this != REQUEST_TIMEOUT && this != HEADERS_TOO_LARGE;
  }

  /// The headers that tell more, in every answer with the code.
  public List<String> headers() {
    return switch (this) {
      case UNAUTHORIZED -> List.of("WWW-Authenticate");
      case METHOD_NOT_ALLOWED -> List.of("Allow");
      case RATE_LIMITED, OVERLOADED -> List.of("Retry-After");
      default -> List.of();
    };
  }

  /// The form on the wire: `not_found`.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
