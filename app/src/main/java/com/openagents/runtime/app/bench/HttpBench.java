package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// A service process that takes signed frames over connections that stay open, and the library in
/// this process that appends such frames to the same runs.
final class HttpBench implements AutoCloseable {

  private static final int WRITERS = 1;

  private final Library library;
  private final HeldRuns runs;
  private final FrameCalls calls;
  private final ServiceProcess service;
  private final List<SignedConnection> connections = new ArrayList<>();

  HttpBench(BenchDatabase database, Path folder, int runCount, int connectionCount)
      throws IOException, InterruptedException {
    BenchKeys keys = new BenchKeys();
    library = Library.open(database.url(), WRITERS);
    runs = HeldRuns.create(library.log(), runCount);
    calls = new FrameCalls(runs.all());
    service =
        ServiceProcess.start(
            List.of(),
            Map.of(
                "DATABASE_URL",
                database.text(),
                "OA_DATA_DIR",
                folder.toString(),
                "OA_HTTP_PORT",
                "0",
                "OA_PROJECTIONS",
                "off",
                "OA_SIGNING_KEYS",
                keys.setting()));
    for (int i = 0; i < connectionCount; i++) {
      connections.add(new SignedConnection(service.address(), keys.signer()));
    }
  }

  /// Signed calls over all connections for a while.
  ///
  /// @param perCall frames in each call
  Window calls(int perCall, Duration time) throws InterruptedException {
    return Load.run(
        connections.size(), time, number -> () -> calls.send(connections.get(number), perCall));
  }

  /// Frames appended through the library by as many callers.
  Window library(Duration time) throws InterruptedException {
    List<RunId> all = runs.all();
    return Load.run(
        connections.size(),
        time,
        _ -> () -> runs.append(all.get(ThreadLocalRandom.current().nextInt(all.size()))));
  }

  /// The processor time that the service has taken since it began.
  Duration serviceTime() {
    return ProcessHandle.of(service.pid()).map(HttpBench::processorTime).orElse(Duration.ZERO);
  }

  /// The processor time that this process has taken.
  static Duration clientTime() {
    return processorTime(ProcessHandle.current());
  }

  private static Duration processorTime(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() throws IOException {
    for (SignedConnection connection : connections) {
      connection.close();
    }
    service.close();
    library.close();
  }
}
