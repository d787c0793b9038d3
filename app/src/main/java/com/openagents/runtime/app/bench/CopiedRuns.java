package com.openagents.runtime.app.bench;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.EventLog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Fills the tables of a database with copies of one session, many in one statement. For one
/// thread.
final class CopiedRuns implements AutoCloseable {

  private static final int TURNS = 3;
  private static final int STEPS = 2;

  /// How many events each copy has.
  static final int EVENTS_EACH = 1 + SessionLog.events(TURNS, STEPS);

  private static final int AT_ONCE = 1_000;
  private static final String COPY =
      """
      with copied as materialized (
        select gen_random_uuid() as run_id from generate_series(1, ?)
      ), original as (
        select * from runtime.runs where run_id = ?
      ), threads as (
        insert into runtime.threads (thread_id, owner)
        select 'bench-' || c.run_id, o.owner from copied c, original o
      ), runs as (
        insert into runtime.runs (run_id, last_seq, epoch, recoveries, agent_version, thread_id,
          owner, agent, content, status, created_at, updated_at)
        select c.run_id, o.last_seq, o.epoch, o.recoveries, o.agent_version, 'bench-' || c.run_id,
          o.owner, o.agent, o.content, o.status, o.created_at, o.updated_at
        from copied c, original o
      ), frames as (
        insert into runtime.frames (run_id, frame_id, digest, seq)
        select c.run_id, f.frame_id, f.digest, f.seq
        from copied c, original o join runtime.frames f using (run_id)
      )
      insert into runtime.events (run_id, seq, occurred_at, epoch, version, type, trace_id, payload)
      select c.run_id, e.seq, e.occurred_at, e.epoch, e.version, e.type, e.trace_id,
        case when e.seq = 1
          then replace(e.payload::text, o.run_id::text, c.run_id::text)::json
          else e.payload end
      from copied c, original o join runtime.events e using (run_id)
      """;

  private final Connection connection;
  private final RunId original;
  private final List<RunId> all = new ArrayList<>();

  CopiedRuns(BenchDatabase database, EventLog log) throws SQLException {
    connection = database.connect();
    original = HeldRuns.create(log, 1).all().getFirst();
    SessionLog.write(log, original, 1, TURNS, STEPS);
    all.add(original);
  }

  /// Adds copies until there are at least so many events, and brings the statistics up to date.
  void fill(long events) throws SQLException {
    long wanted = (events + EVENTS_EACH - 1) / EVENTS_EACH;
    try (PreparedStatement copy = connection.prepareStatement(COPY)) {
      copy.setObject(2, original.value());
      for (long missing = wanted - all.size(); missing > 0; missing -= AT_ONCE) {
        copy.setInt(1, Math.toIntExact(Math.min(missing, AT_ONCE)));
        copy.executeUpdate();
      }
    }
    all.clear();
    all.addAll(copies());
    try (Statement vacuum = connection.createStatement()) {
      vacuum.execute(
          "vacuum (analyze) runtime.runs, runtime.frames, runtime.threads, runtime.events");
    }
  }

  /// In the order of their ids.
  List<RunId> all() {
    return List.copyOf(all);
  }

  private List<RunId> copies() throws SQLException {
    List<RunId> found = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "select run_id from runtime.runs where last_seq = ? order by run_id")) {
      query.setLong(1, EVENTS_EACH);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(new RunId(rows.getObject(1, UUID.class)));
        }
      }
    }
    return found;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
