package com.openagents.runtime.http.openapi;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Contract;
import com.openagents.runtime.http.exchange.Contract.JsonBody;
import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.schema.RecordSchema;
import com.openagents.runtime.http.schema.Schema;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A page to read the API on: plain HTML, without scripts and without anything from elsewhere.
public final class DocsPage {

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>OpenAgents Runtime API</title>
      <style>
      :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
      body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
      code, pre { font-family: ui-monospace, monospace; }
      pre { overflow-x: auto; padding: .75rem; border: 1px solid #8886; border-radius: .4rem; }
      section { border-top: 1px solid #8886; padding: .5rem 0 1rem; }
      td { padding: .1rem 1rem .1rem 0; vertical-align: top; }
      </style>
      </head>
      <body>
      <h1>OpenAgents Runtime API</h1>
      <p>The same as a document for machines: <a href="/openapi.json">openapi.json</a>.</p>
      """;

  private final StringBuilder html = new StringBuilder(HEAD);

  private DocsPage() {}

  public static String of(List<Route> routes) {
    DocsPage page = new DocsPage();
    routes.forEach(page::route);
    return page.html.append("</body>\n</html>\n").toString();
  }

  private void route(Route route) {
    Contract contract = route.contract();
    html.append("<section id=\"").append(contract.operationId()).append("\">\n<h2><code>");
    text(route.method() + " " + route.path());
    html.append("</code></h2>\n<p>");
    text(contract.summary() + " " + route.guard().whom());
    html.append("</p>\n");
    if (!contract.parameters().isEmpty()) {
      html.append("<table>\n");
      contract.parameters().forEach(this::parameter);
      html.append("</table>\n");
    }
    if (contract.body() instanceof JsonBody(var type, _)) {
      schema("Body", RecordSchema.of(type));
    }
    contract.replies().forEach(this::reply);
    refusals(route.refusals());
    html.append("</section>\n");
  }

  private void parameter(Parameter parameter) {
    html.append("<tr><td><code>");
    text(parameter.name());
    html.append("</code></td><td>");
    text(parameter.description());
    html.append("</td></tr>\n");
  }

  private void reply(Reply reply) {
    if (reply.schema() != null) {
      schema(reply.status() + " " + reply.description(), reply.schema());
    } else {
      html.append("<p>");
      text(reply.status() + " " + reply.description());
      html.append("</p>\n");
    }
  }

  private void refusals(Set<ProblemCode> codes) {
    html.append("<p>Refused with: ");
    text(
        codes.stream()
            .map(code -> code.status() + " " + code.wireName())
            .collect(Collectors.joining(", ")));
    html.append(".</p>\n");
  }

  private void schema(String title, Schema schema) {
    html.append("<details><summary>");
    text(title);
    html.append("</summary><pre>");
    text(Indented.write(schema.definition()));
    for (Schema part : schema.parts()) {
      if (part.name() != null) {
        text("\n\n" + part.name() + " " + Indented.write(part.definition()));
      }
    }
    html.append("</pre></details>\n");
  }

  private void text(String text) {
    html.append(text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"));
  }

  /// JSON for people.
  private static final class Indented {
    static String write(Json value) {
      StringBuilder out = new StringBuilder();
      write(value, "\n", out);
      return out.toString();
    }

    private static void write(Json value, String line, StringBuilder out) {
      if (value instanceof Json.Obj(var fields) && !fields.isEmpty()) {
        String separator = "{";
        for (var field : fields.entrySet()) {
          out.append(separator).append(line).append("  ").append(field.getKey()).append(": ");
          write(field.getValue(), line + "  ", out);
          separator = ",";
        }
        out.append(line).append('}');
      } else {
        CanonicalJson.write(value, out);
      }
    }
  }
}
