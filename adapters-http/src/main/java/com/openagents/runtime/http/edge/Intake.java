package com.openagents.runtime.http.edge;

import static com.openagents.runtime.http.exchange.ProblemCode.INVALID_REQUEST;
import static com.openagents.runtime.http.exchange.ProblemCode.PAYLOAD_TOO_LARGE;
import static com.openagents.runtime.http.exchange.ProblemCode.REQUEST_TIMEOUT;
import static com.openagents.runtime.http.exchange.ProblemCode.UNSUPPORTED_MEDIA_TYPE;

import com.openagents.runtime.http.edge.EdgeSettings.RequestLimits;
import com.openagents.runtime.http.exchange.Binary;
import com.openagents.runtime.http.exchange.Contract.JsonBody;
import com.openagents.runtime.http.exchange.Contract.RawBody;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.Route;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/// Takes the bytes of a body in, within bounds of type, size and time.
final class Intake {

  private static final byte[] NOTHING = {};
  private static final int BUFFER = 8 << 10;

  private final RequestLimits limits;

  Intake(RequestLimits limits) {
    this.limits = limits;
  }

  /// @param room for what comes
  /// @throws Problem when there is a body and there should be none, or it exceeds a bound
  byte[] take(HttpServletRequest request, Route route, BodyBudget.Room room) {
    boolean present =
        request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    return switch (route.contract().body()) {
      case null -> {
        if (present) {
          throw new Problem(INVALID_REQUEST, "The call takes no body.");
        }
        yield NOTHING;
      }
      case JsonBody _ -> {
        boolean message = Wire.isMessage(request.getContentType()) && Binary.isTaken(route);
        contentType(request, message ? Binary.TYPE : "application/json", present);
        yield present ? read(request, limits.bodyBytesMax(), room) : NOTHING;
      }
      case RawBody(var contentType, int bytesMax) -> {
        contentType(request, contentType, present);
        yield present ? read(request, bytesMax, room) : NOTHING;
      }
    };
  }

  private static void contentType(HttpServletRequest request, String expected, boolean present) {
    String given = request.getContentType();
    if (given == null ? present : !isType(given, expected)) {
      throw new Problem(UNSUPPORTED_MEDIA_TYPE, "The call takes " + expected + " in UTF-8.");
    }
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new Problem(UNSUPPORTED_MEDIA_TYPE, "The call takes no content encoding.");
    }
  }

  private static boolean isType(String given, String expected) {
    String[] parts = given.toLowerCase(Locale.ROOT).split(";", -1);
    boolean type = parts[0].strip().equals(expected);
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      type &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
    }
    return type;
  }

  private byte[] read(HttpServletRequest request, int bytesMax, BodyBudget.Room room) {
    if (request.getContentLengthLong() > bytesMax) {
      throw tooLarge(bytesMax);
    }
    long until = System.nanoTime() + limits.bodyTimeout().toNanos();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER);
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = request.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (bytes.size() + read > bytesMax) {
          throw tooLarge(bytesMax);
        }
        room.grow(read);
        bytes.write(buffer, 0, read);
        if (System.nanoTime() - until > 0) {
          throw tooSlow();
        }
      }
    } catch (IOException e) {
      throw e.getCause() instanceof TimeoutException
          ? tooSlow()
          : new Problem(INVALID_REQUEST, "The body broke off.");
    }
    return bytes.toByteArray();
  }

  private static Problem tooLarge(int bytesMax) {
    return new Problem(PAYLOAD_TOO_LARGE, "The body has more than " + bytesMax + " bytes.");
  }

  private static Problem tooSlow() {
    return new Problem(REQUEST_TIMEOUT, "The body took too long.");
  }
}
