package com.openagents.runtime.http.exchange;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.schema.Schema;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A call that is refused, with everything that its answer says. Has no stack trace.
public final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// The form of every answer that is no success.
  public static final Schema SCHEMA =
      Schema.object("ErrorResponse")
          .field(
              "error",
              Schema.object("Error")
                  .field(
                      "code",
                      Schema.words(
                          Stream.of(ProblemCode.values()).map(ProblemCode::wireName).toList()))
                  .field("message", Schema.TEXT)
                  .field(
                      "details",
                      Schema.listOf(
                          Schema.object("ErrorDetail")
                              .field("path", Schema.TEXT)
                              .field("reason", Schema.TEXT)
                              .closed()))
                  .field("requestId", Schema.TEXT)
                  .fieldIfAny("head", Schema.COUNT)
                  .fieldIfAny("floor", Schema.COUNT)
                  .fieldIfAny("restart", Schema.TEXT)
                  .closed())
          .closed();

  private final ProblemCode code;
  private final transient List<Detail> details;
  private final transient Json.Obj more;
  private final @Nullable Duration retryAfter;
  private final @Nullable String limit;
  private final @Nullable String challenge;

  private Problem(
      ProblemCode code,
      String message,
      List<Detail> details,
      Json.Obj more,
      @Nullable Duration retryAfter,
      @Nullable String limit,
      @Nullable String challenge) {
    super(message, null, false, false);
    this.code = code;
    this.details = List.copyOf(details);
    this.more = more;
    this.retryAfter = retryAfter;
    this.limit = limit;
    this.challenge = challenge;
  }

  /// @param message says to a person what to do; no secret, no name of a class
  public Problem(ProblemCode code, String message) {
    this(code, message, List.of(), Json.Obj.EMPTY, null, null, null);
  }

  /// A request whose parts are wrong, each at its path.
  public Problem(ProblemCode code, String message, List<Detail> details) {
    this(code, message, details, Json.Obj.EMPTY, null, null, null);
  }

  /// @param path a JSON pointer into the body, or the name of a parameter
  public static Problem at(ProblemCode code, String path, String reason) {
    return new Problem(code, path + ": " + reason, List.of(new Detail(path, reason)));
  }

  public static Problem notFound() {
    return new Problem(
        ProblemCode.NOT_FOUND, "There is no such thing for this principal: check the id.");
  }

  /// The same problem with further fields in the error.
  public Problem with(Json.Obj fields) {
    return new Problem(code, getMessage(), details, fields, retryAfter, limit, challenge);
  }

  /// The same problem, with the time after which the call may be repeated.
  public Problem retryAfter(Duration pause) {
    return new Problem(code, getMessage(), details, more, pause, limit, challenge);
  }

  /// The same problem, with the name that meters give to the limit which was reached.
  public Problem because(String limit) {
    return new Problem(code, getMessage(), details, more, retryAfter, limit, challenge);
  }

  /// The same problem, with what the caller is asked to prove, as `WWW-Authenticate` says it.
  public Problem challenge(String asked) {
    return new Problem(code, getMessage(), details, more, retryAfter, limit, asked);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  public ProblemCode code() {
    return code;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /// The name of the limit of the node or run that was reached, or null.
  public @Nullable String limit() {
    return limit;
  }

  /// What the caller is asked to prove where it is unauthorized; a signature where nothing is said.
  public String challenge() {
    return challenge == null ? "OA-RUNTIME-SIGNATURE" : challenge;
  }

  public Json.Obj json(String requestId) {
    Json.Builder error =
        Json.object()
            .put("code", code.wireName())
            .put("message", getMessage())
            .put("details", Json.array(details.stream().map(Detail::json).toList()))
            .put("requestId", requestId);
    more.fields().forEach(error::put);
    return Json.object().put("error", error.build()).build();
  }

  public record Detail(String path, String reason) {
    Json json() {
      return Json.object().put("path", path).put("reason", reason).build();
    }
  }
}
