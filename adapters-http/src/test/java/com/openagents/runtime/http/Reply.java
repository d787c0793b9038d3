package com.openagents.runtime.http;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// An answer.
public record Reply(HttpResponse<byte[]> response) {

  public int status() {
    return response.statusCode();
  }

  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  public String text() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /// The value at a path of field names and indexes.
  public Json at(Object... path) {
    Json value = JsonReader.read(text());
    for (Object step : path) {
      value = child(value, step);
    }
    return value;
  }

  private static Json child(Json parent, Object step) {
    if (parent instanceof Json.Obj object && step instanceof String name) {
      Json field = object.get(name);
      if (field != null) {
        return field;
      }
    }
    if (parent instanceof Json.Arr(var items) && step instanceof Integer index) {
      return items.get(index);
    }
    throw new AssertionError("nothing at " + step + " in " + parent);
  }

  public String string(Object... path) {
    return ((Json.Str) at(path)).value();
  }

  public long number(Object... path) {
    return (long) ((Json.Num) at(path)).value();
  }

  public boolean flag(Object... path) {
    return ((Json.Bool) at(path)).value();
  }

  /// `409 conflict`.
  public String refusal() {
    return status() + " " + string("error", "code");
  }

  /// The places that the refusal names.
  public List<String> paths() {
    List<String> paths = new ArrayList<>();
    for (Json detail : ((Json.Arr) at("error", "details")).items()) {
      paths.add(((Json.Str) child(detail, "path")).value());
    }
    return paths;
  }
}
