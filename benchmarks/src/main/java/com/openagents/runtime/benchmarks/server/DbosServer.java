package com.openagents.runtime.benchmarks.server;

import com.openagents.runtime.app.settings.DatabaseUrl;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Executors;

/// DBOS Transact behind the JDK's HTTP server: `POST /run/STEPS` does a workflow and answers with
/// its result. DBOS has its own defaults; `DATABASE_URL` says where it keeps its tables.
public final class DbosServer {

  private DbosServer() {}

  public static void main(String... arguments) throws IOException {
    DatabaseUrl database =
        DatabaseUrl.parse(Objects.requireNonNull(System.getenv("DATABASE_URL"), "DATABASE_URL"));
    DBOS dbos =
        new DBOS(
            DBOSConfig.defaults("peers")
                .withDatabaseUrl(database.jdbcUrl())
                .withDbUser(database.user())
                .withDbPassword(database.password()));
    Work work = dbos.registerProxy(Work.class, new Work.Durable(dbos));
    dbos.launch();
    // The JDK's server would wait for more to send before it sends.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/run/", exchange -> run(work, exchange));
    server.start();
    IO.println("listening on http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void run(Work work, HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      int steps = Integer.parseInt(exchange.getRequestURI().getPath().substring("/run/".length()));
      byte[] result = work.run(steps).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, result.length);
      exchange.getResponseBody().write(result);
    }
  }
}
