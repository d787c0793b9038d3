package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.wiring.Service;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.stream.EventsMapping;
import com.openagents.runtime.stream.StreamRunner;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Many readers of one run at a service of this process, and as many of bare sockets that are
/// written the same bytes. The next event comes when everybody has the one before.
final class FanOutBench implements AutoCloseable {

  private static final int WAIT_SECONDS_MAX = 60;

  private final int streams;
  private final Service service;
  private final HeldRuns runs;
  private final RunId runId;
  private final RawSockets raw;
  private final Readers ofService;
  private final Readers ofRaw;
  private final byte[] block;
  private volatile CountDownLatch awaited = new CountDownLatch(0);

  /// Makes one event come.
  @FunctionalInterface
  private interface Event {
    void come() throws IOException;
  }

  FanOutBench(BenchDatabase database, Workplace workplace, int streams)
      throws IOException, InterruptedException {
    this.streams = streams;
    service =
        Service.start(
            Settings.read(
                Map.of(
                    "DATABASE_URL",
                    database.text(),
                    "OA_DATA_DIR",
                    workplace.folder("service").toString(),
                    "OA_HTTP_PORT",
                    "0",
                    "OA_PROJECTIONS",
                    "off")),
            _ -> {});
    runs = HeldRuns.create(service.log(), 1);
    runId = runs.all().getFirst();
    ofService = readers(service.address());
    raw = new RawSockets();
    ofRaw = readers(raw.address());
    block = block();
  }

  private Readers readers(URI address) throws IOException, InterruptedException {
    return Readers.open(
        address, Collections.nCopies(streams, runId), (_, _) -> awaited.countDown());
  }

  /// What a reader gets of one event.
  private byte[] block() {
    runs.append(runId);
    var stored = service.log().read(runId, 1, 1).getFirst();
    return new StreamRunner<>(new EventsMapping(), 0).next(EventCodec.decode(stored));
  }

  int blockBytes() {
    return block.length;
  }

  /// Deliveries for each second of events that are appended to the run.
  double service(Duration time) throws Exception {
    return deliveries(time, () -> runs.append(runId));
  }

  /// The same of bytes that are written to bare sockets.
  double raw(Duration time) throws Exception {
    return deliveries(time, () -> raw.write(block));
  }

  private double deliveries(Duration time, Event event) throws Exception {
    long begin = System.nanoTime();
    long end = begin + time.toNanos();
    long events = 0;
    while (System.nanoTime() < end) {
      CountDownLatch all = new CountDownLatch(streams);
      awaited = all;
      event.come();
      if (!all.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new IllegalStateException(all.getCount() + " readers did not get an event");
      }
      events++;
    }
    return events * streams * 1e9 / (System.nanoTime() - begin);
  }

  @Override
  public void close() throws IOException {
    ofService.close();
    ofRaw.close();
    raw.close();
    service.close();
  }
}
