package com.openagents.runtime.app.gates;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Tries every function of the writer as a client does. Each gets arguments that it takes, so that
/// nothing but the caller is refused, and that change nothing where the caller is let in: no epoch
/// is as low as theirs.
final class WriterFunctions {

  private static final Json.Obj ZERO = integer("AAAAAAAAAAA=");
  private static final Json.Obj ONE = integer("AQAAAAAAAAA=");

  private static final Json.Obj STREAM = Json.object().put("stream", "run_summary").build();
  private static final Json.Obj EPOCH = Json.object().put("epoch", ZERO).build();
  private static final Json.Obj WRITING =
      and(STREAM, Json.object().put("epoch", ZERO).put("generation", ZERO));
  private static final Json.Obj PAGE = and(WRITING, Json.object().put("limit", ONE));

  static final List<Call> ALL =
      List.of(
          new Call("query", "version", Json.Obj.EMPTY),
          new Call("mutation", "claim", Json.object().put("log", "").build()),
          new Call("mutation", "open", EPOCH),
          new Call("query", "checkpoint", STREAM),
          new Call(
              "mutation",
              "apply",
              and(WRITING, Json.object().put("from", ZERO).put("operations", none()))),
          new Call("mutation", "begin", WRITING),
          new Call("mutation", "sweep", PAGE),
          new Call("mutation", "promote", PAGE),
          new Call(
              "mutation",
              "discard",
              and(STREAM, Json.object().put("epoch", ZERO).put("limit", ONE))),
          new Call("query", "read", and(STREAM, Json.object().put("documentIds", none()))),
          new Call(
              "query",
              "list",
              and(STREAM, Json.object().put("cursor", Json.NULL).put("limit", ONE))));

  /// One call.
  ///
  /// @param kind `query` or `mutation`
  record Call(String kind, String name, Json.Obj args) {}

  private final ConvexClient deployment;
  private final String token;

  WriterFunctions(ConvexClient deployment, String token) {
    this.deployment = deployment;
    this.token = token;
  }

  /// Those of the runtime's token that do not refuse the client by name, with what they answer.
  ///
  /// @throws IOException when the deployment does not answer
  List<String> unguarded() throws IOException {
    return answering(
        "writer",
        answer ->
            answer.get("errorData") instanceof Json.Obj refusal
                && says(refusal, "code", "FORBIDDEN"));
  }

  /// Those of the admin key that are there for the client, with what they answer.
  ///
  /// @throws IOException when the deployment does not answer
  List<String> reachable() throws IOException {
    return answering(
        "writerInternal",
        answer ->
            !answer.fields().containsKey("errorData")
                && (says(answer, "status", "error")
                    || says(answer, "code", "FunctionPathNotFound")));
  }

  private List<String> answering(String module, Predicate<Json.Obj> closed) throws IOException {
    List<String> open = new ArrayList<>();
    for (Call call : ALL) {
      String function = module + ":" + call.name();
      Json.Obj answer = deployment.call(call.kind(), function, call.args(), token);
      if (!closed.test(answer)) {
        open.add(function + " " + CanonicalJson.write(answer));
      }
    }
    return open;
  }

  private static boolean says(Json.Obj in, String field, String word) {
    return Json.of(word).equals(in.get(field));
  }

  private static Json.Obj integer(String base64) {
    return Json.object().put("$integer", base64).build();
  }

  private static Json none() {
    return Json.array(List.of());
  }

  private static Json.Obj and(Json.Obj some, Json.Builder more) {
    some.fields().forEach(more::put);
    return more.build();
  }
}
