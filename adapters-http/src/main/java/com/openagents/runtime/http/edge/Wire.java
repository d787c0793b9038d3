package com.openagents.runtime.http.edge;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.codec.ProtoBodies;
import com.openagents.runtime.http.exchange.Accept;
import com.openagents.runtime.http.exchange.Binary;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How the JSON of an answer is written: as it is, or as the message that has its fields.
enum Wire {
  JSON(Reply.JSON),
  PROTOBUF(Binary.TYPE);

  private static final String ATTRIBUTE = Wire.class.getName();
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
  /// @param streamed whether it also answers with a stream, whose refusals are JSON
  /// @throws Problem when the caller takes none of them
  static Wire agreed(boolean spoken, boolean streamed, HttpServletRequest request) {
    String accept = Accept.of(Collections.list(request.getHeaders("Accept")));
    if (!spoken || (streamed && Accept.prefersEvents(accept))) {
      return JSON;
    }
    int json = Accept.specificity(accept, JSON.type);
    int protobuf = Accept.specificity(accept, PROTOBUF.type);
    if (json <= 0 && protobuf <= 0) {
      throw new Problem(
          ProblemCode.NOT_ACCEPTABLE,
          "The call answers with %s%s or %s."
              .formatted(JSON.type, streamed ? ", " + Reply.EVENT_STREAM : "", PROTOBUF.type));
    }
    Wire wire = protobuf > json ? PROTOBUF : JSON;
    request.setAttribute(ATTRIBUTE, wire);
    return wire;
  }

  /// What was agreed on; JSON where nothing was.
  static Wire of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Wire wire ? wire : JSON;
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
