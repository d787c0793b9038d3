package com.openagents.runtime.http.edge;

import com.openagents.runtime.access.Caller;
import com.openagents.runtime.access.Presented;
import com.openagents.runtime.access.Signer;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.http.access.Authentication;
import com.openagents.runtime.http.access.Credential;
import com.openagents.runtime.http.access.Glanced;
import com.openagents.runtime.http.body.Bodies;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Binary;
import com.openagents.runtime.http.exchange.Contract.JsonBody;
import com.openagents.runtime.http.exchange.Exchange;
import com.openagents.runtime.http.exchange.Exchange.Content;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.http.exchange.Parameter.In;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.http.exchange.Query;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Serves one route: takes the body in, finds out who calls, reads what is asked, and only then
/// does it.
final class Endpoint implements Handler {

  private static final Caller ANYBODY = new Caller(null, null, Set.of(), null, null, null, null);

  /// What a message takes in memory for each of its bytes, where its values are as small as can be.
  private static final long BYTES_PER_BYTE = 40;

  private final Route route;
  private final boolean binary;
  private final boolean streamed;
  private final Set<String> queries;
  private final Common common;

  /// What all endpoints share.
  record Common(
      Authentication authentication,
      BodyBudget budget,
      Intake intake,
      Bodies bodies,
      Traces traces,
      Timing timing) {}

  Endpoint(Route route, Common common) {
    this.route = route;
    this.binary = Binary.isSpoken(route);
    this.streamed = route.contract().replies().stream().anyMatch(Reply::isStream);
    this.common = common;
    this.queries =
        route.contract().parameters().stream()
            .filter(parameter -> parameter.in() == In.QUERY)
            .map(Parameter::name)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public void handle(Context context) throws IOException {
    common.timing().leadsTo(route, context);
    HttpServletRequest request = context.req();
    Wire wire = Wire.agreed(binary, streamed, request);
    boolean open = isOpen(route.guard(), request.getRemoteAddr());
    Glanced glanced =
        open ? null : common.authentication().glance(credential(request), route.guard());
    try (BodyBudget.Room room = common.budget().room()) {
      Answer answer = route.operation().answer(exchange(context, glanced, room));
      Deliveries.deliver(answer, context, room, (status, body) -> wire.bytes(route, status, body));
    }
    common.timing().answered(context, context.res().getStatus());
  }

  private static Credential credential(HttpServletRequest request) {
    return new Credential(
        request.getHeader(Signer.HEADER), Collections.list(request.getHeaders("Authorization")));
  }

  private Exchange exchange(Context context, @Nullable Glanced glanced, BodyBudget.Room room) {
    HttpServletRequest request = context.req();
    byte[] bytes = common.intake().take(request, route, room);
    Map<String, String> path = context.pathParamMap();
    Caller caller = glanced == null ? ANYBODY : caller(glanced, request, bytes, path);
    return new Exchange(
        caller,
        common.traces().of(context),
        path,
        Query.parse(request.getQueryString(), queries),
        name -> Collections.list(request.getHeaders(name)),
        new Content(body(request, bytes, room), () -> bytes));
  }

  private Caller caller(
      Glanced glanced, HttpServletRequest request, byte[] bytes, Map<String, String> path) {
    String query = request.getQueryString();
    Presented presented =
        new Presented(
            request.getMethod(),
            query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query,
            Digest.of(bytes),
            request.getHeader(Parameter.USER_ID.name()),
            request.getHeader(Parameter.GUEST_SCOPE.name()),
            path.get(Parameter.RUN_ID.name()),
            path.get(Parameter.THREAD_ID.name()));
    Authentication authentication = common.authentication();
    Caller caller = authentication.caller(glanced, presented);
    authentication.admit(caller, route.guard());
    if (caller.isBound() && presented.runId() == null && presented.threadId() == null) {
      requireBodyNamesRun();
    }
    return caller;
  }

  /// What a token for one run or thread is good for is looked at by the start, whose body names
  /// both. Any other call whose path names neither concerns more.
  private void requireBodyNamesRun() {
    if (route.guard() != Guard.PRINCIPAL) {
      throw new Problem(
          ProblemCode.FORBIDDEN,
          "the claims are good for one run or thread, and the call is not about one");
    }
  }

  private @Nullable Record body(HttpServletRequest request, byte[] bytes, BodyBudget.Room room) {
    if (!(route.contract().body() instanceof JsonBody(var type, boolean required))) {
      return null;
    }
    if (bytes.length == 0) {
      if (required) {
        throw new Problem(ProblemCode.INVALID_REQUEST, "The call needs a body.");
      }
      return null;
    }
    byte[] json = bytes;
    if (Wire.isMessage(request.getContentType())) {
      room.grow(bytes.length * BYTES_PER_BYTE);
      json = Wire.json(type.getSimpleName(), bytes);
    }
    room.grow(JsonWeight.of(json));
    return common.bodies().read(json, type);
  }

  /// Whether a call needs no signature when it comes from the given address.
  static boolean isOpen(Guard guard, String remoteAddress) {
    return switch (guard) {
      case PUBLIC -> true;
      case LOCAL -> InetAddress.ofLiteral(remoteAddress).isLoopbackAddress();
      case OWNER, PRINCIPAL, SESSION, OPERATOR -> false;
    };
  }
}
