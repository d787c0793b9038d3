package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.app.machine.Workplace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Service processes over one database, and connections to each, of which as many are used however
/// many nodes there are.
final class NodesBench implements AutoCloseable {

  private final FrameCalls calls;
  private final int callers;
  private final List<ServiceProcess> nodes = new ArrayList<>();
  private final List<List<SignedConnection>> connections = new ArrayList<>();

  NodesBench(BenchDatabase database, Workplace workplace, int nodeCount, int runCount, int callers)
      throws IOException, InterruptedException {
    this.callers = callers;
    try (Library library = Library.open(database.url(), 1)) {
      calls = new FrameCalls(HeldRuns.create(library.log(), runCount).all());
    }
    BenchKeys keys = new BenchKeys();
    for (int number = 1; number <= nodeCount; number++) {
      String name = "node-" + number;
      ServiceProcess node =
          ServiceProcess.start(
              List.of(),
              Map.of(
                  "DATABASE_URL",
                  database.text(),
                  "OA_DATA_DIR",
                  workplace.folder(name).toString(),
                  "OA_HTTP_PORT",
                  "0",
                  "OA_PROJECTIONS",
                  "off",
                  "OA_NODE_ID",
                  name,
                  "OA_SIGNING_KEYS",
                  keys.setting()));
      nodes.add(node);
      List<SignedConnection> toNode = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        toNode.add(new SignedConnection(node.address(), keys.signer()));
      }
      connections.add(toNode);
    }
  }

  /// All callers, spread over the first so many nodes.
  ///
  /// @param perCall frames in each call
  Window calls(int used, int perCall, Duration time) throws InterruptedException {
    return Load.run(
        callers,
        time,
        caller -> {
          SignedConnection connection = connections.get(caller % used).get(caller);
          return () -> calls.send(connection, perCall);
        });
  }

  @Override
  public void close() throws IOException {
    for (List<SignedConnection> toNode : connections) {
      for (SignedConnection connection : toNode) {
        connection.close();
      }
    }
    nodes.forEach(ServiceProcess::close);
  }
}
