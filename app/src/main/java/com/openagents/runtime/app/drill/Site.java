package com.openagents.runtime.app.drill;

import com.openagents.runtime.app.embedded.EmbeddedPostgres;
import com.openagents.runtime.app.embedded.Endpoint;
import com.openagents.runtime.app.machine.Workplace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// A PostgreSQL, a model's provider, and nodes between them, each a process or a server of its own.
final class Site implements AutoCloseable {

  static final Duration LEASE_TTL = Duration.ofSeconds(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Optional<SmallDisk> disk;
  private final EmbeddedPostgres postgres;
  private final ModelDouble model;
  private final List<KeptNode> nodes = new ArrayList<>();
  private final Map<String, NodeClock> clocks = new HashMap<>();

  private Site(Optional<SmallDisk> disk, EmbeddedPostgres postgres, ModelDouble model) {
    this.disk = disk;
    this.postgres = postgres;
    this.model = model;
  }

  /// @param nodes how many
  /// @param faults for which it is prepared, as far as that is possible here
  /// @param keys signs the calls of clients
  /// @param log gets what the nodes print
  static Site build(
      Workplace workplace, int nodes, Set<Fault> faults, DrillKeys keys, Consumer<String> log)
      throws IOException, InterruptedException {
    Path folder = workplace.folder("database");
    Optional<SmallDisk> disk =
        faults.contains(Fault.DISK) ? SmallDisk.mount(folder) : Optional.empty();
    Site site =
        new Site(
            disk, EmbeddedPostgres.start(folder, _ -> {}), new ModelDouble(Duration.ofMillis(10)));
    for (int number = 1; number <= nodes; number++) {
      String name = "node-" + number;
      if (faults.contains(Fault.CLOCK)) {
        NodeClock.in(workplace.folder("clock-" + name))
            .ifPresent(clock -> site.clocks.put(name, clock));
      }
      site.addNode(name, workplace, keys, log);
    }
    return site;
  }

  private void addNode(String name, Workplace workplace, DrillKeys keys, Consumer<String> log)
      throws IOException {
    Endpoint at = postgres.endpoint();
    Proxy wire = new Proxy(() -> Optional.of(new InetSocketAddress(at.host(), at.port())));
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "DATABASE_URL",
        "postgresql://%s:%s@127.0.0.1:%d/%s?sslmode=disable"
            .formatted(at.user(), at.password(), wire.port(), at.database()));
    settings.put("OA_NODE_ID", name);
    settings.put("OA_HTTP_PORT", "0");
    settings.put("OA_DATA_DIR", workplace.folder(name).toString());
    settings.put("OA_SIGNING_KEYS", keys.setting());
    settings.put("OA_LEASE_TTL", LEASE_TTL.toSeconds() + "s");
    settings.put("OA_MODEL_BASE_URL", model.base().toString());
    settings.put("OA_MODEL_API_KEY", "none");
    settings.put("OA_MODEL_NAME", "double");
    settings.put("OA_LOG_FORMAT", "text");
    NodeClock clock = clocks.get(name);
    if (clock != null) {
      settings.putAll(clock.environment());
    }
    nodes.add(new KeptNode(name, settings, wire, line -> log.accept(name + " " + line)));
  }

  List<KeptNode> nodes() {
    return List.copyOf(nodes);
  }

  EmbeddedPostgres postgres() {
    return postgres;
  }

  Optional<SmallDisk> disk() {
    return disk;
  }

  /// The clock of a node; empty where none can be stepped.
  Optional<NodeClock> clock(KeptNode node) {
    return Optional.ofNullable(clocks.get(node.name()));
  }

  ProviderBooks books() {
    return model.books();
  }

  /// Waits until every node serves.
  ///
  /// @return whether they do within the time
  boolean awaitNodes(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      if (nodes.stream().allMatch(KeptNode::serves)) {
        return true;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    for (KeptNode node : nodes) {
      node.close();
    }
    model.close();
    postgres.close();
    disk.ifPresent(SmallDisk::close);
  }
}
