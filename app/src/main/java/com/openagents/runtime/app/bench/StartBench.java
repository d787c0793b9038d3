package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.app.machine.Workplace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Starts service processes and times them from the start of the process to the first 200 of its
/// readiness. Times are in milliseconds.
final class StartBench {

  private static final int READY = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Workplace workplace;
  private final Map<String, String> ownDatabase;
  private final List<Double> external = new ArrayList<>();
  private final List<Double> embeddedFirst = new ArrayList<>();
  private final List<Double> embeddedLater = new ArrayList<>();

  /// @param databaseUrl a database that is there already
  StartBench(Workplace workplace, String databaseUrl) {
    this.workplace = workplace;
    this.ownDatabase = Map.of("DATABASE_URL", databaseUrl);
  }

  /// One start that does not count: the first brings the files into memory.
  void warmUp() throws IOException, InterruptedException {
    startAndStop(workplace.folder("keys"), ownDatabase);
  }

  void round() throws IOException, InterruptedException {
    external.add(startAndStop(workplace.folder("keys"), ownDatabase));
    Path fresh = workplace.folder("embedded");
    embeddedFirst.add(startAndStop(fresh, Map.of()));
    embeddedLater.add(startAndStop(fresh, Map.of()));
    Workplace.remove(fresh);
  }

  List<Double> external() {
    return external;
  }

  List<Double> embeddedFirst() {
    return embeddedFirst;
  }

  List<Double> embeddedLater() {
    return embeddedLater;
  }

  private double startAndStop(Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("OA_DATA_DIR", folder.toString());
    all.put("OA_HTTP_PORT", "0");
    all.put("OA_PROJECTIONS", "off");
    long began = System.nanoTime();
    try (ServiceProcess service = ServiceProcess.start(List.of(), all)) {
      awaitReady(service.address().resolve("/health/ready"));
      double millis = (System.nanoTime() - began) / 1e6;
      service.terminate();
      return millis;
    }
  }

  private void awaitReady(URI readiness) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(readiness).build();
    while (http.send(request, BodyHandlers.discarding()).statusCode() != READY) {
      Thread.onSpinWait();
    }
  }
}
