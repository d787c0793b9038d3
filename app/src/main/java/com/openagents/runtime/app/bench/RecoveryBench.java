package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Two service processes over one database, of which the one that carries out a run is killed in
/// the middle of a turn. All times are the database's.
final class RecoveryBench implements AutoCloseable {

  private static final List<String> NODES = List.of("a", "b");
  private static final String OWNER =
      """
      select r.lease_owner, r.epoch from runtime.runs r where r.run_id = ?
        and exists (select from runtime.events e
                    where e.run_id = r.run_id and e.type = 'message.delta')
      """;
  private static final String NEXT =
      """
      select min(e.occurred_at) from runtime.events e where e.run_id = ? and e.epoch > ?
      having min(e.occurred_at) is not null
      """;

  private final EndlessProvider provider;
  private final Map<String, ServiceProcess> nodes = new HashMap<>();
  private final BenchDatabase database;
  private final Workplace workplace;
  private final Duration leaseTtl;
  private final Connection observing;

  /// Who carries a run out, and under which epoch.
  private record Owner(String node, long epoch) {}

  RecoveryBench(BenchDatabase database, Workplace workplace, Duration leaseTtl) throws Exception {
    this.provider = EndlessProvider.talking();
    this.database = database;
    this.workplace = workplace;
    this.leaseTtl = leaseTtl;
    this.observing = database.connect();
    for (String node : NODES) {
      start(node);
    }
  }

  private void start(String node) throws IOException, InterruptedException {
    Map<String, String> settings =
        Map.of(
            "DATABASE_URL",
            database.text(),
            "OA_DATA_DIR",
            workplace.folder(node).toString(),
            "OA_NODE_ID",
            node,
            "OA_HTTP_PORT",
            "0",
            "OA_PROJECTIONS",
            "off",
            "OA_LEASE_TTL",
            leaseTtl.toMillis() + "ms",
            "OA_MODEL_BASE_URL",
            provider.base().toString(),
            "OA_MODEL_NAME",
            "endless");
    nodes.put(node, ServiceProcess.start(List.of(), settings));
  }

  /// Kills the owner of a run once, and brings its node back.
  ///
  /// @return from the kill to the first event that the run's next owner wrote
  Duration round() throws Exception {
    RunId runId = requests(NODES.getFirst()).turn("assistant");
    Owner owner = Patience.untilFound("the run is in the middle of a turn", () -> owner(runId));
    Timestamp kill = now();
    named(owner.node()).kill();
    Timestamp next = Patience.untilFound("another node goes on", () -> next(runId, owner.epoch()));
    String survivor = NODES.getFirst().equals(owner.node()) ? NODES.getLast() : NODES.getFirst();
    requests(survivor).cancel(runId);
    start(owner.node());
    return Duration.between(kill.toInstant(), next.toInstant());
  }

  private Requests requests(String node) {
    return new Requests(named(node).address());
  }

  private ServiceProcess named(String node) {
    return Objects.requireNonNull(nodes.get(node), node);
  }

  private Timestamp now() throws SQLException {
    try (PreparedStatement query = observing.prepareStatement("select clock_timestamp()");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getTimestamp(1);
    }
  }

  private Optional<Owner> owner(RunId runId) throws SQLException {
    try (PreparedStatement query = observing.prepareStatement(OWNER)) {
      query.setObject(1, runId.value());
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(new Owner(row.getString(1), row.getLong(2)))
            : Optional.empty();
      }
    }
  }

  private Optional<Timestamp> next(RunId runId, long epoch) throws SQLException {
    try (PreparedStatement query = observing.prepareStatement(NEXT)) {
      query.setObject(1, runId.value());
      query.setLong(2, epoch);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getTimestamp(1)) : Optional.empty();
      }
    }
  }

  @Override
  public void close() throws SQLException {
    nodes.values().forEach(ServiceProcess::close);
    observing.close();
    provider.close();
  }
}
