package com.openagents.runtime.http.openapi;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Contract;
import com.openagents.runtime.http.exchange.Contract.JsonBody;
import com.openagents.runtime.http.exchange.Contract.RawBody;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.schema.RecordSchema;
import com.openagents.runtime.http.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the OpenAPI 3.1 document of a set of routes.
public final class OpenApi {

  private static final String JSON = "application/json";

  private final Components components = new Components();

  private OpenApi() {}

  public static Json.Obj document(List<Route> routes, String version) {
    OpenApi api = new OpenApi();
    Json.Obj paths = api.paths(routes);
    return Json.object()
        .put("openapi", "3.1.0")
        .put(
            "info",
            Json.object().put("title", "OpenAgents Runtime").put("version", version).build())
        .put("paths", paths)
        .put("components", api.components.json())
        .build();
  }

  private Json.Obj paths(List<Route> routes) {
    Map<String, Json.Builder> paths = new LinkedHashMap<>();
    for (Route route : routes) {
      paths
          .computeIfAbsent(route.path(), _ -> Json.object())
          .put(route.method().name().toLowerCase(Locale.ROOT), operation(route));
    }
    Json.Builder json = Json.object();
    paths.forEach((path, operations) -> json.put(path, operations.build()));
    return json.build();
  }

  private Json.Obj operation(Route route) {
    Contract contract = route.contract();
    List<Json> parameters = new ArrayList<>();
    contract.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
    return Json.object()
        .put("operationId", contract.operationId())
        .put("summary", contract.summary())
        .put("parameters", parameters.isEmpty() ? null : Json.array(parameters))
        .put("requestBody", body(contract.body()))
        .put("responses", responses(contract))
        .put("security", security(route.guard()))
        .build();
  }

  private static Json security(Guard guard) {
    boolean open = guard == Guard.PUBLIC || guard == Guard.LOCAL;
    Json.Obj signed = Json.object().put("signature", Json.array(List.of())).build();
    return open ? Json.array(List.of()) : Json.array(List.of(signed));
  }

  private static Json.Obj parameter(Parameter parameter) {
    return Json.object()
        .put("in", parameter.in().name().toLowerCase(Locale.ROOT))
        .put("name", parameter.name())
        .put("description", parameter.description())
        .put("required", parameter.in() == Parameter.In.PATH)
        .put("schema", parameter.schema().reference())
        .build();
  }

  private @Nullable Json body(Contract.@Nullable Body body) {
    return switch (body) {
      case null -> null;
      case JsonBody(var type, boolean required) ->
          Json.object()
              .put("required", required)
              .put("content", content(JSON, components.reference(RecordSchema.of(type))))
              .build();
      case RawBody(var contentType, _) ->
          Json.object()
              .put("required", true)
              .put("content", content(contentType, Schema.TEXT.reference()))
              .build();
    };
  }

  private Json.Obj responses(Contract contract) {
    Json.Builder responses = Json.object();
    for (Reply reply : contract.replies()) {
      responses.put(Integer.toString(reply.status()), response(reply));
    }
    return responses
        .put("default", response(Reply.json(500, "Refused; error.code says why.", Problem.SCHEMA)))
        .build();
  }

  private Json.Obj response(Reply reply) {
    Json.Builder response = Json.object().put("description", reply.description());
    if (reply.contentType() != null) {
      Schema schema = reply.schema();
      Json.Obj form = schema == null ? Schema.TEXT.reference() : components.reference(schema);
      response.put("content", content(reply.contentType(), form));
    }
    return response.build();
  }

  private static Json.Obj content(String contentType, Json.Obj schema) {
    return Json.object().put(contentType, Json.object().put("schema", schema).build()).build();
  }
}
