package com.openagents.runtime.app.running;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;

/// The OpenID provider of the package `oidc-provider`, in a process of its own.
final class OpenIdProvider implements AutoCloseable {

  private static final Path PROGRAMS = Path.of("..", "adapters-http", "src", "test", "node", "run");
  private static final String SAYS = "issuer ";

  private final Process process;
  private final String issuer;

  OpenIdProvider() {
    try {
      process =
          new ProcessBuilder("bash", PROGRAMS.toString(), "--program", "issuer.mjs")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      issuer = said(process.inputReader(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String said(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(SAYS)) {
        return line.substring(SAYS.length());
      }
    }
    throw new IOException("the provider did not start");
  }

  String issuer() {
    return issuer;
  }

  /// The token that the provider gives to a service for an audience.
  String token(String service, String audience) {
    String secret = service + ":" + service + "-secret-of-a-test";
    String basic = Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer + "/token"))
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "grant_type=client_credentials&resource=" + URLEncoder.encode(audience, UTF_8)))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String answer = http.send(request, BodyHandlers.ofString()).body();
      if (JsonReader.read(answer) instanceof Json.Obj token
          && token.get("access_token") instanceof Json.Str(String text)) {
        return text;
      }
      throw new AssertionError(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
