package com.openagents.runtime.app.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.app.embedded.MadeDatabase;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.wiring.Parts;
import com.openagents.runtime.app.wiring.Service;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import java.lang.reflect.Proxy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// What is logged during a call is found by the ids that the caller knows.
class CallsInLogLinesTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final Logger LOGGER =
      (Logger) LoggerFactory.getLogger("com.openagents.runtime.Watched");

  @TempDir private Path folder = Path.of("");
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Appender appender = new Appender();

  @BeforeEach
  void listen() {
    appender.start();
    LOGGER.addAppender(appender);
  }

  @AfterEach
  void stop() {
    LOGGER.detachAppender(appender);
  }

  @Test
  void a_line_that_is_written_in_a_call_names_its_trace_and_its_request() throws Exception {
    var settings =
        Settings.read(
            Map.of("OA_DATA_DIR", MadeDatabase.in(folder).toString(), "OA_HTTP_PORT", "0"));
    var parts = new Parts(AgentPrograms.builtIn(), CallsInLogLinesTest::talkative);
    try (var service = Service.start(settings, parts, _ -> {});
        var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(service.address().resolve("/internal/v1/runs"))
              .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
              .header("X-Request-Id", "request-7")
              .build();
      assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
    List<Json.Obj> called =
        lines.stream()
            .map(line -> (Json.Obj) JsonReader.read(line))
            .filter(line -> Json.of("request-7").equals(line.get("requestId")))
            .toList();
    assertThat(called)
        .isNotEmpty()
        .allMatch(line -> Json.of(TRACE).equals(line.get("traceId")))
        .allMatch(line -> Json.of("a connection is taken").equals(line.get("message")));
    assertThat(lines).as("what the node does by itself").hasSizeGreaterThan(called.size());
  }

  /// A pool that logs in the thread of whoever takes a connection.
  private static DataSource talkative(DataSource pool) {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, method, arguments) -> {
              LOGGER.warn("a connection is taken");
              return method.invoke(pool, arguments);
            });
  }

  private final class Appender extends AppenderBase<ILoggingEvent> {
    private final LineEncoder encoder =
        new LineEncoder(new JsonFormat(), new SecretMask(List.of()));

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(new String(encoder.encode(event), UTF_8));
    }
  }
}
