package com.openagents.runtime.convex;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.JsonRefused;
import com.openagents.runtime.convex.ConvexAnswer.Barred;
import com.openagents.runtime.convex.ConvexAnswer.Failed;
import com.openagents.runtime.convex.ConvexAnswer.Lost;
import com.openagents.runtime.convex.ConvexAnswer.Overloaded;
import com.openagents.runtime.convex.ConvexAnswer.Refused;
import com.openagents.runtime.convex.ConvexAnswer.Returned;
import com.openagents.runtime.convex.ConvexAnswer.Unreached;
import com.openagents.runtime.convex.ConvexValue.Obj;
import com.openagents.runtime.convex.ConvexValue.Str;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Calls functions of a deployment over HTTP. Thread-safe.
///
/// Nothing is tried again here: a mutation over HTTP is not recognised when it comes twice.
final class ConvexCalls {

  private static final int ANSWER_MAX = 20 << 20;
  private static final JsonLimits ANSWER = new JsonLimits(80, ANSWER_MAX, 4 << 20, 2_000_000);

  /// So that a request that is late by itself says so first, and whether it was the connection.
  private static final long GRACE_MILLIS = 500;

  private final HttpClient http;
  private final ConvexSettings settings;
  private final ConvexCredential credential;
  private final Notices deprecations;

  /// @param log takes what operators should read
  ConvexCalls(
      HttpClient http, ConvexSettings settings, ConvexCredential credential, Consumer<String> log) {
    this.http = http;
    this.settings = settings;
    this.credential = credential;
    this.deprecations = new Notices(log);
  }

  ConvexAnswer query(String function, Obj args) {
    return call("/api/query", function, ConvexJson.write(args));
  }

  ConvexAnswer mutation(String function, Obj args) {
    return mutation(function, ConvexJson.write(args));
  }

  /// @param args as they are sent
  ConvexAnswer mutation(String function, String args) {
    return call("/api/mutation", function, args);
  }

  private ConvexAnswer call(String route, String function, String args) {
    String body =
        "{\"path\":\"%s:%s\",\"format\":\"convex_encoded_json\",\"args\":%s}"
            .formatted(credential.module(), function, args);
    return send(route, "application/json", body);
  }

  /// Adds lines to a table in one transaction, or puts them in the place of all that it holds.
  ///
  /// @param mode `append` or `replace`
  ConvexAnswer importLines(String table, String mode, String lines) {
    String route = "/api/import?tableName=" + table + "&format=jsonLines&mode=" + mode;
    return send(route, "application/jsonl", lines);
  }

  /// What the deployment answers to those who show nothing; empty when it does not.
  String open(String route) {
    HttpRequest request =
        HttpRequest.newBuilder(settings.route(route)).timeout(settings.timeout()).GET().build();
    try {
      HttpResponse<String> response = answer(request);
      return response.statusCode() == 200 ? response.body().strip() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private ConvexAnswer send(String route, String type, String body) {
    String id = UUID.randomUUID().toString().replace("-", "");
    HttpRequest request =
        HttpRequest.newBuilder(settings.route(route))
            .timeout(settings.timeout())
            .header("Content-Type", type)
            .header("Authorization", credential.header())
            .header("Convex-Client", "openagents-" + settings.release())
            .header("Convex-Request-Id", id)
            .POST(BodyPublishers.ofString(body, UTF_8))
            .build();
    try {
      HttpResponse<String> response = answer(request);
      notice(response.headers());
      return understand(response.statusCode(), response.body(), id);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return new Unreached(e.getClass().getSimpleName());
    } catch (IOException e) {
      return new Lost(e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Lost("interrupted");
    }
  }

  /// A request's own timeout ends with the head of the answer, and an answer may be of any length;
  /// here both are bounded to the end.
  private HttpResponse<String> answer(HttpRequest request)
      throws IOException, InterruptedException {
    var answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(UTF_8), ANSWER_MAX));
    try {
      return answer.get(settings.timeout().toMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("the answer did not end", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException why ? why : new IOException(e.getCause());
    }
  }

  private void notice(HttpHeaders headers) {
    headers
        .firstValue("x-convex-deprecation-state")
        .ifPresent(state -> {
          String message = headers.firstValue("x-convex-deprecation-message").orElse("");
          deprecations.tell(
              "the deployment calls this client %s: %s".formatted(Said.of(state), Said.of(message)),
              "");
        });
  }

  private static ConvexAnswer understand(int status, String body, String id) {
    try {
      Json.Obj answer = JsonReader.readObject(body, ANSWER);
      return status == 200 || status == 560
          ? ofFunction(answer, id)
          : ofServer(status, text(answer, "code"), id);
    } catch (JsonRefused | IllegalArgumentException e) {
      return status == 200 ? new Lost("an answer that is none") : ofServer(status, "", id);
    }
  }

  private static ConvexAnswer ofFunction(Json.Obj answer, String id) {
    Json value = answer.get("value");
    if (text(answer, "status").equals("success") && value != null) {
      return new Returned(ConvexJson.read(value));
    }
    Json numWritten = answer.get("numWritten");
    if (numWritten != null) {
      return new Returned(ConvexJson.read(numWritten));
    }
    Json data = answer.get("errorData");
    if (data != null
        && ConvexJson.read(data) instanceof Obj refused
        && refused.get("code") instanceof Str(String code)) {
      return new Refused(Said.of(code), refused, id);
    }
    return text(answer, "status").equals("error")
        ? new Failed(id)
        : new Lost("an answer that is none");
  }

  /// By the backend's own table of errors: 503 is written before anything ran, or behind a commit
  /// that did not come about.
  private static ConvexAnswer ofServer(int status, String code, String id) {
    return switch (status) {
      case 429, 503 -> new Overloaded(code);
      case 408, 421, 425 -> new Lost("status " + status);
      case 404 -> new Failed(id);
      default -> status >= 500 ? new Lost("status " + status) : new Barred(status, code, id);
    };
  }

  private static String text(Json.Obj in, String name) {
    return in.get(name) instanceof Json.Str(String text) ? Said.of(text) : "";
  }
}
