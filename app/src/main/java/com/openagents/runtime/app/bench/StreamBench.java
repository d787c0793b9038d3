package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.wiring.Service;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// Two services over one database in this process, each with one reader for every run; events are
/// appended at the first.
final class StreamBench implements AutoCloseable {

  private final Service near;
  private final Service far;
  private final HeldRuns runs;
  private final AtomicReference<Deliveries> toNear = new AtomicReference<>(new Deliveries(0, 0));
  private final AtomicReference<Deliveries> toFar = new AtomicReference<>(new Deliveries(0, 0));
  private final List<Readers> readers;

  /// What one stretch of appends showed.
  ///
  /// @param append from the call of an append to its return
  /// @param near from that return to the byte at a reader of the same node
  /// @param far the same at a reader of the other node
  record Window(Latencies append, Latencies near, Latencies far) {}

  StreamBench(BenchDatabase database, Workplace workplace, int streams)
      throws IOException, InterruptedException {
    near = service(database, workplace, "near");
    far = service(database, workplace, "far");
    runs = HeldRuns.create(near.log(), streams);
    readers = List.of(readers(near, toNear), readers(far, toFar));
  }

  private static Service service(BenchDatabase database, Workplace workplace, String node) {
    Settings settings =
        Settings.read(
            Map.of(
                "DATABASE_URL",
                database.text(),
                "OA_DATA_DIR",
                workplace.folder(node).toString(),
                "OA_HTTP_PORT",
                "0",
                "OA_PROJECTIONS",
                "off",
                "OA_NODE_ID",
                node));
    return Service.start(settings, _ -> {});
  }

  private Readers readers(Service service, AtomicReference<Deliveries> to)
      throws IOException, InterruptedException {
    return Readers.open(
        service.address(), runs.all(), (reader, nanos) -> to.get().came(reader, nanos));
  }

  /// Appends to one run after the other, to each again when its readers have the last event.
  ///
  /// @param rate appends each second
  Window run(int rate, Duration time) throws Exception {
    List<RunId> all = runs.all();
    int events = Math.toIntExact(Math.max(1, rate * time.toMillis() / 1_000));
    toNear.set(new Deliveries(all.size(), events));
    toFar.set(new Deliveries(all.size(), events));
    long[] called = new long[events];
    long[] returned = new long[events];
    long begin = System.nanoTime();
    for (int event = 0; event < events; event++) {
      int reader = event % all.size();
      await(reader);
      pause(begin + event * Duration.ofSeconds(1).toNanos() / rate);
      toNear.get().expect(reader, event);
      toFar.get().expect(reader, event);
      called[event] = System.nanoTime();
      runs.append(all.get(reader));
      returned[event] = System.nanoTime();
    }
    for (int reader = 0; reader < all.size(); reader++) {
      await(reader);
    }
    return new Window(
        Latencies.between(called, returned),
        toNear.get().since(returned),
        toFar.get().since(returned));
  }

  private void await(int reader) throws Exception {
    Patience.until(
        "both readers have their event",
        () -> toNear.get().complete(reader) && toFar.get().complete(reader));
  }

  private static void pause(long until) {
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() {
    readers.forEach(Readers::close);
    far.close();
    near.close();
  }
}
