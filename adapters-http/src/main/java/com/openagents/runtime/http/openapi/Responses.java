package com.openagents.runtime.http.openapi;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.codec.ProtoBodies;
import com.openagents.runtime.http.exchange.Binary;
import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes every answer that a route may give, status by status.
final class Responses {

  private static final String JSON = "application/json";

  private final Components components;

  Responses(Components components) {
    this.components = components;
  }

  Json.Obj of(Route route) {
    Map<String, Json> responses = new TreeMap<>();
    byStatus(route).forEach((status, codes) -> responses.put(status, refusal(route, codes)));
    Map<Integer, List<Reply>> replies =
        route.contract().replies().stream().collect(Collectors.groupingBy(Reply::status));
    replies.forEach(
        (status, same) -> responses.put(Integer.toString(status), success(route, same)));
    return new Json.Obj(responses);
  }

  private static Map<String, List<ProblemCode>> byStatus(Route route) {
    Map<String, List<ProblemCode>> codes = new TreeMap<>();
    for (ProblemCode code : route.refusals()) {
      codes.computeIfAbsent(Integer.toString(code.status()), _ -> new ArrayList<>()).add(code);
    }
    return codes;
  }

  /// @param replies of one status
  private Json.Obj success(Route route, List<Reply> replies) {
    Map<String, Json> headers = new TreeMap<>(headers(List.of()).fields());
    Map<String, Json> contents = new TreeMap<>();
    for (Reply reply : replies) {
      reply.headers().forEach(header -> headers.put(header.name(), header(header)));
      contents.putAll(contents(route, reply).fields());
    }
    Json.Builder response =
        Json.object()
            .put("description", String.join(" ", replies.stream().map(Reply::description).toList()))
            .put("headers", new Json.Obj(headers));
    if (!contents.isEmpty()) {
      response.put("content", new Json.Obj(contents));
    }
    return response.build();
  }

  private Json.Obj contents(Route route, Reply reply) {
    Schema schema = reply.schema();
    if (reply.contentType() == null) {
      return Json.Obj.EMPTY;
    }
    Json.Obj form = schema == null ? Schema.TEXT.reference() : components.reference(schema);
    return Binary.isSpoken(route) && schema != null
        ? either(form, String.valueOf(schema.name()))
        : content(reply.contentType(), form);
  }

  /// A header of one of the answers that share a status.
  private static Json.Obj header(Reply.Header header) {
    return Json.object()
        .put("description", header.description())
        .put("required", false)
        .put("schema", header.schema().definition())
        .build();
  }

  /// A refusal, and with which codes.
  private Json.Obj refusal(Route route, List<ProblemCode> codes) {
    List<String> names = codes.stream().map(ProblemCode::wireName).toList();
    Json.Obj code = Json.object().put("code", Schema.words(names).definition()).build();
    Json.Obj error = Json.object().put("properties", code).build();
    Json.Builder form = Json.object();
    components.reference(Problem.SCHEMA).fields().forEach(form::put);
    form.put("properties", Json.object().put("error", error).build());
    return Json.object()
        .put("description", "Refused: " + String.join(", ", names) + ".")
        .put("headers", headers(common(codes)))
        .put(
            "content",
            Binary.isSpoken(route)
                ? either(form.build(), String.valueOf(Problem.SCHEMA.name()))
                : content(JSON, form.build()))
        .build();
  }

  /// The headers that are in every refusal with one of the codes.
  private static List<String> common(List<ProblemCode> codes) {
    return codes.getFirst().headers().stream()
        .filter(header -> codes.stream().allMatch(code -> code.headers().contains(header)))
        .toList();
  }

  /// @param own beside those that tie each answer to its request
  private Json.Obj headers(List<String> own) {
    Json.Builder headers = Json.object();
    headers.put(Parameter.REQUEST_ID.name(), header());
    own.forEach(name -> headers.put(name, header()));
    return headers.build();
  }

  private static Json.Obj header() {
    return Json.object().put("required", true).put("schema", Schema.TEXT.definition()).build();
  }

  /// JSON, or the message of the same name.
  static Json.Obj either(Json.Obj schema, String name) {
    String message = "The message " + ProtoBodies.fullName(name).orElseThrow() + ".";
    Json.Obj bytes = Json.object().put("type", "string").put("description", message).build();
    return Json.object()
        .put(JSON, Json.object().put("schema", schema).build())
        .put(Binary.TYPE, Json.object().put("schema", bytes).build())
        .build();
  }

  static Json.Obj content(String contentType, Json.Obj schema) {
    return Json.object().put(contentType, Json.object().put("schema", schema).build()).build();
  }
}
