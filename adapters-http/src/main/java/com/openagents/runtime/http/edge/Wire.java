package com.openagents.runtime.http.edge;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.codec.ProtoBodies;
import com.openagents.runtime.http.exchange.Binary;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How the JSON of an answer is written: as it is, or as the message that has its fields.
enum Wire {
  JSON("application/json"),
  PROTOBUF(Binary.TYPE);

  private static final String ATTRIBUTE = Wire.class.getName();
  private static final String NOT_AT_ALL = "q=0(\\.0{0,3})?";
  private static final String ERROR = "ErrorResponse";

  private final String type;

  Wire(String type) {
    this.type = type;
  }

  String type() {
    return type;
  }

  /// What a call is answered with; JSON unless its caller prefers messages.
  ///
  /// @param spoken whether the call knows both
  /// @throws Problem when the caller takes neither
  static Wire agreed(boolean spoken, HttpServletRequest request) {
    if (!spoken) {
      return JSON;
    }
    String accept = request.getHeader("Accept");
    int json = specificity(accept, JSON.type);
    int protobuf = specificity(accept, PROTOBUF.type);
    if (json <= 0 && protobuf <= 0) {
      throw new Problem(
          ProblemCode.NOT_ACCEPTABLE,
          "The call answers with " + JSON.type + " or " + PROTOBUF.type + ".");
    }
    Wire wire = protobuf > json ? PROTOBUF : JSON;
    request.setAttribute(ATTRIBUTE, wire);
    return wire;
  }

  /// What was agreed on; JSON where nothing was.
  static Wire of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Wire wire ? wire : JSON;
  }

  /// How specific the range of `Accept` is that decides about a type (RFC 9110 section 12.5.1), 0
  /// where none is about it, and negative where it forbids it.
  private static int specificity(@Nullable String accept, String type) {
    if (accept == null || accept.isBlank()) {
      return 1;
    }
    int decided = 0;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      int end = range.indexOf(';');
      int specific = matching((end < 0 ? range : range.substring(0, end)).strip(), type);
      if (specific > Math.abs(decided)) {
        decided = isForbidden(end < 0 ? "" : range.substring(end)) ? -specific : specific;
      }
    }
    return decided;
  }

  private static int matching(String range, String type) {
    if (range.equals(type)) {
      return 3;
    }
    return switch (range) {
      case "application/*" -> 2;
      case "*/*" -> 1;
      default -> 0;
    };
  }

  private static boolean isForbidden(String parameters) {
    for (String parameter : parameters.split(";", -1)) {
      if (parameter.strip().matches(NOT_AT_ALL)) {
        return true;
      }
    }
    return false;
  }

  /// The bytes of a success.
  byte[] bytes(Route route, int status, Json body) {
    if (this == JSON) {
      return text(body);
    }
    for (Reply reply : route.contract().replies()) {
      if (reply.status() == status && reply.schema() != null && reply.schema().name() != null) {
        return ProtoBodies.write(reply.schema().name(), (Json.Obj) body);
      }
    }
    throw new IllegalStateException(route.path() + " answers with something else");
  }

  /// The bytes of a refusal.
  byte[] refusal(Json.Obj body) {
    return this == JSON ? text(body) : ProtoBodies.write(ERROR, body);
  }

  private static byte[] text(Json body) {
    return CanonicalJson.write(body).getBytes(StandardCharsets.UTF_8);
  }

  /// Whether a body came as a message.
  static boolean isMessage(@Nullable String contentType) {
    return contentType != null
        && contentType.toLowerCase(Locale.ROOT).split(";", -1)[0].strip().equals(PROTOBUF.type);
  }

  /// The JSON that a message stands for.
  ///
  /// @throws Problem when the bytes are no such message
  static byte[] json(String body, byte[] message) {
    try {
      return text(ProtoBodies.read(body, message));
    } catch (IllegalArgumentException e) {
      throw new Problem(ProblemCode.INVALID_REQUEST, "The body is no " + body + ".");
    }
  }
}
