package com.openagents.runtime.http.exchange;

import com.openagents.runtime.codec.ProtoBodies;
import com.openagents.runtime.http.exchange.Contract.JsonBody;
import com.openagents.runtime.http.schema.Schema;
import java.util.List;

/// The bodies of calls that are also taken and given as Layer-0 messages. Pure.
public final class Binary {

  public static final String TYPE = "application/x-protobuf";

  private static final String WITHIN = "/internal/v1/";

  private Binary() {}

  /// Whether callers may ask for messages in the place of JSON: below the internal API, where all
  /// that is answered is JSON, but for streams.
  public static boolean isSpoken(Route route) {
    List<Reply> replies =
        route.contract().replies().stream().filter(reply -> !reply.isStream()).toList();
    return route.path().startsWith(WITHIN)
        && !replies.isEmpty()
        && replies.stream().allMatch(Binary::isMessage);
  }

  private static boolean isMessage(Reply reply) {
    Schema schema = reply.schema();
    return schema != null
        && schema.name() != null
        && ProtoBodies.fullName(schema.name()).isPresent();
  }

  /// Whether a body may be sent as a message.
  public static boolean isTaken(Route route) {
    return route.path().startsWith(WITHIN)
        && route.contract().body() instanceof JsonBody(var type, _)
        && ProtoBodies.fullName(type.getSimpleName()).isPresent();
  }
}
