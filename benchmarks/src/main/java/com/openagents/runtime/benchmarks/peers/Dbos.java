package com.openagents.runtime.benchmarks.peers;

import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.benchmarks.http.KeptConnection;
import com.openagents.runtime.benchmarks.server.DbosServer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/// DBOS Transact with its defaults, over the same PostgreSQL. A run is one request, which a minimal
/// server answers with the workflow's result.
final class Dbos implements Peer {

  private final ServiceProcess process;

  private Dbos(ServiceProcess process) {
    this.process = process;
  }

  /// @param database as the setting `DATABASE_URL` takes it
  static Dbos start(String database) throws IOException, InterruptedException {
    return new Dbos(JavaProcess.start(DbosServer.class, Map.of("DATABASE_URL", database)));
  }

  @Override
  public String name() {
    return "dbos";
  }

  @Override
  public URI address() {
    return process.address();
  }

  @Override
  public void run(KeptConnection connection, int steps) {
    connection.post("/run/" + steps, "").successful();
  }

  @Override
  public void close() {
    process.close();
  }
}
