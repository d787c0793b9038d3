package com.openagents.runtime.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a service sends cannot steer the terminal that shows it.
class ForeignTextTest {
  private static final String RUN = "00000000-0000-4000-8000-000000000001";
  private static final String STEERING = "\u009b2K\u0085\u202e\u2028\u061c\ufff9";
  private static final String ESCAPED = "\\u009b2K\\u0085\\u202e\\u2028\\u061c\\ufff9";

  private final HttpServer server;

  ForeignTextTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answers(int status, String text) {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = text.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }

  private Shell.Result run(String... words) {
    String[] all = new String[words.length + 4];
    all[0] = "run";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--url";
    all[words.length + 2] = "http://127.0.0.1:" + server.getAddress().getPort();
    all[words.length + 3] = RUN;
    return Shell.run(Map.of(), all);
  }

  @Test
  void a_stream_is_shown_in_escapes() {
    answers(200, "id: 1\ndata: {\"text\":\"" + STEERING + "\"}\n\ndata: [DONE]\n\n");
    assertThat(run("tail").output().strip()).isEqualTo("{\"text\":\"" + ESCAPED + "\"}");
  }

  @Test
  void where_a_run_is_is_shown_in_escapes() {
    answers(200, "{\"status\":\"" + STEERING + "\",\"explanation\":\"" + STEERING + "\"}");
    assertThat(run("show").output()).contains(ESCAPED + " at event", "\n" + ESCAPED);
    assertThat(run("show", "--json").output()).contains("\"status\":\"" + ESCAPED + "\"");
  }

  @Test
  void what_a_database_answers_is_shown_in_escapes() throws Exception {
    try (var database = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> refuse(database));
      String url =
          "postgresql://u:p@127.0.0.1:%d/d?sslmode=disable".formatted(database.getLocalPort());
      var settings = Map.of("DATABASE_URL", url, "OA_HTTP_PORT", "0");
      assertThat(Shell.run(settings, "doctor").output()).contains("FATAL: " + ESCAPED);
    }
  }

  /// Answers as PostgreSQL does who lets nobody in.
  private static void refuse(ServerSocket database) {
    try (Socket client = database.accept();
        var out = new DataOutputStream(client.getOutputStream())) {
      client.getInputStream().read(new byte[1024]);
      byte[] fields = ("SFATAL\0VFATAL\0C28000\0M" + STEERING + "\0\0").getBytes(UTF_8);
      out.writeByte('E');
      out.writeInt(fields.length + 4);
      out.write(fields);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_refusal_is_shown_in_escapes() {
    answers(404, "{\"error\":{\"code\":\"x\",\"message\":\"" + STEERING + "\"}}");
    assertThat(run("cancel").errors().strip()).isEqualTo("x: " + ESCAPED);
  }
}
