package com.openagents.runtime.http.openapi;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Contract;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.exchange.Route.Method;
import com.openagents.runtime.http.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The calls that describe the API, themselves included.
public final class Describing {

  private Describing() {}

  /// Adds the calls that describe these routes.
  public static List<Route> with(List<Route> routes, String version) {
    List<Route> all = new ArrayList<>(routes);
    Described described = new Described(all, version);
    all.add(
        new Route(
            Method.GET,
            "/openapi.json",
            Guard.PUBLIC,
            new Contract(
                "openApi",
                "This document.",
                List.of(),
                null,
                List.of(Reply.json(200, "OpenAPI 3.1.", Schema.FREE)),
                Set.of()),
            _ -> Answer.ok(described.document())));
    all.add(
        new Route(
            Method.GET,
            "/docs",
            Guard.PUBLIC,
            new Contract(
                "docs",
                "A page to read the API on.",
                List.of(),
                null,
                List.of(Reply.content(200, "HTML.", "text/html")),
                Set.of()),
            _ -> new Answer.Text(200, "text/html; charset=utf-8", described.page())));
    return List.copyOf(all);
  }

  /// Made when somebody asks: a service starts sooner without. Thread-safe.
  private static final class Described {
    private final List<Route> routes;
    private final String version;
    private Json.@Nullable Obj document;
    private @Nullable String page;

    Described(List<Route> routes, String version) {
      this.routes = routes;
      this.version = version;
    }

    synchronized Json.Obj document() {
      if (document == null) {
        document = OpenApi.document(routes, version);
      }
      return document;
    }

    synchronized String page() {
      if (page == null) {
        page = DocsPage.of(routes);
      }
      return page;
    }
  }
}
