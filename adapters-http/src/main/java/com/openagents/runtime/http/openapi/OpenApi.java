package com.openagents.runtime.http.openapi;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Binary;
import com.openagents.runtime.http.exchange.Contract;
import com.openagents.runtime.http.exchange.Contract.JsonBody;
import com.openagents.runtime.http.exchange.Contract.RawBody;
import com.openagents.runtime.http.exchange.Guard;
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
  private final Responses responses = new Responses(components);

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
    route.parameters().forEach(parameter -> parameters.add(components.reference(parameter)));
    return Json.object()
        .put("operationId", contract.operationId())
        .put("summary", contract.summary())
        .put("description", route.guard().whom())
        .put("parameters", Json.array(parameters))
        .put("requestBody", body(route))
        .put("responses", responses.of(route))
        .put("security", security(route.guard()))
        .build();
  }

  private static Json security(Guard guard) {
    Json none = Json.array(List.of());
    Json.Obj signed = Json.object().put("signature", none).build();
    Json.Obj identified = Json.object().put("signature", none).put("identity", none).build();
    return Json.array(
        switch (guard) {
          case PUBLIC -> List.of();
          case LOCAL -> List.of(Json.Obj.EMPTY, signed, identified);
          case OWNER, PRINCIPAL, OPERATOR -> List.of(signed, identified);
          case SESSION -> List.of(signed, identified, Json.object().put("session", none).build());
        });
  }

  private @Nullable Json body(Route route) {
    return switch (route.contract().body()) {
      case null -> null;
      case JsonBody(var type, boolean required) -> {
        Json.Obj form = components.reference(RecordSchema.of(type));
        yield Json.object()
            .put("required", required)
            .put(
                "content",
                Binary.isTaken(route)
                    ? Responses.either(form, type.getSimpleName())
                    : Responses.content(JSON, form))
            .build();
      }
      case RawBody(var contentType, _) ->
          Json.object()
              .put("required", true)
              .put("content", Responses.content(contentType, Schema.TEXT.reference()))
              .build();
    };
  }
}
