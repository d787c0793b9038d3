package com.openagents.runtime.http.openapi;

import com.openagents.runtime.access.Signer;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.http.schema.Schema;
import java.util.Locale;
import java.util.TreeMap;

/// The named schemas and headers that a document refers to. Not thread-safe.
final class Components {

  private static final Json.Obj IDENTITY =
      Json.object()
          .put("type", "http")
          .put("scheme", "bearer")
          .put("bearerFormat", "JWT")
          .put(
              "description",
              "The identity token of the service that calls, beside the signature. Asked for where"
                  + " OA_REQUIRE_IDENTITY is on, and ignored elsewhere.")
          .build();

  private static final Json.Obj SESSION =
      Json.object()
          .put("type", "http")
          .put("scheme", "bearer")
          .put("bearerFormat", "JWT")
          .put(
              "description",
              "The token that the identity provider of OA_SESSION_ISSUER gave to a user, in the"
                  + " place of a signature.")
          .build();

  private final TreeMap<String, Json> schemas = new TreeMap<>();
  private final TreeMap<String, Json> headers = new TreeMap<>();

  /// Adds a schema and those that it is made of, and returns how to refer to it.
  ///
  /// @throws IllegalStateException when two different schemas have one name
  Json.Obj reference(Schema schema) {
    add(schema);
    return schema.reference();
  }

  /// How an operation mentions a parameter: headers, which many share, by their name.
  Json.Obj reference(Parameter parameter) {
    Json.Obj written = parameter(parameter);
    if (parameter.in() != Parameter.In.HEADER) {
      return written;
    }
    headers.put(parameter.name(), written);
    return Json.object().put("$ref", "#/components/parameters/" + parameter.name()).build();
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

  private void add(Schema schema) {
    if (schema.name() != null) {
      Json known = schemas.putIfAbsent(schema.name(), schema.definition());
      if (known != null && !known.equals(schema.definition())) {
        throw new IllegalStateException("two schemas are named " + schema.name());
      }
    }
    schema.parts().forEach(this::add);
  }

  Json.Obj json() {
    return Json.object()
        .put("schemas", new Json.Obj(schemas))
        .put("parameters", new Json.Obj(headers))
        .put(
            "securitySchemes",
            Json.object()
                .put(
                    "signature",
                    Json.object()
                        .put("type", "apiKey")
                        .put("in", "header")
                        .put("name", Signer.HEADER)
                        .put(
                            "description",
                            "v1.<claims>.<mac>: base64url claims bound to this one request, and"
                                + " their HMAC-SHA256. Not asked for in development mode.")
                        .build())
                .put("identity", IDENTITY)
                .put("session", SESSION)
                .build())
        .build();
  }
}
