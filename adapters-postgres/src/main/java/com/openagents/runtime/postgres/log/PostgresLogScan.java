package com.openagents.runtime.postgres.log;

import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.postgres.Failures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Reads many logs in one look, each along its key. Thread-safe.
public final class PostgresLogScan implements LogScan {

  /// A lateral query is only ever joined by looking at one run after the other, so what it gives in
  /// order stays in order. To ask for the order within a run once more would sort each page.
  static final String READ =
      """
      select f.place, e.seq, e.type, e.version,
        case when e.type in (%s) then '{}'::json else e.payload end, e.occurred_at, e.trace_id,
        e.epoch
      from unnest(?::uuid[], ?::bigint[]) with ordinality as f (run_id, after, place)
      cross join lateral (
        select e.* from runtime.events e
        where e.run_id = f.run_id and e.seq > f.after
        order by e.seq limit ?
      ) e
      order by f.place
      limit ?
      """
          .formatted(pieces());

  private static final String RUNS =
      "select run_id, last_seq from runtime.runs where run_id %s ? order by run_id limit ?";

  private static final String FIRST_RUNS = RUNS.formatted(">=");
  private static final String NEXT_RUNS = RUNS.formatted(">");

  private static final String OF_THREADS =
      """
      select thread_id, run_id from runtime.runs where thread_id = any (?)
      order by thread_id, run_id
      """;

  private static final UUID LOWEST = new UUID(0, 0);

  private final DataSource dataSource;

  public PostgresLogScan(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  private static String pieces() {
    return Stream.of(EventType.values())
        .filter(type -> type.retention() == Retention.DELTA)
        .map(type -> "'" + type.wireName() + "'")
        .collect(Collectors.joining(", "));
  }

  @Override
  public List<StoredEvent> read(List<From> from, int perRun, int max, long characters) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(READ)) {
        bind(statement, from, perRun, max);
        return EventRows.upTo(statement, from.stream().map(From::runId).toList(), characters);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  /// Rows are fetched as they are read, so that a page which ends early leaves the rest with the
  /// server.
  private static void bind(PreparedStatement statement, List<From> from, int perRun, int max)
      throws SQLException {
    UUID[] runs = from.stream().map(one -> one.runId().value()).toArray(UUID[]::new);
    Long[] after = from.stream().map(From::after).toArray(Long[]::new);
    statement.setArray(1, statement.getConnection().createArrayOf("uuid", runs));
    statement.setArray(2, statement.getConnection().createArrayOf("bigint", after));
    statement.setInt(3, perRun);
    statement.setInt(4, max);
  }

  /// Each look has a thread of the platform, for taking rows apart keeps a processor busy.
  @Override
  public Supplier<List<StoredEvent>> begin(List<From> from, int perRun, int max, long characters) {
    CompletableFuture<List<StoredEvent>> events =
        CompletableFuture.supplyAsync(
            () -> read(from, perRun, max, characters),
            look -> Thread.ofPlatform().daemon().name("log-scan").start(look));
    return () -> outcome(events);
  }

  private static <T> T outcome(CompletableFuture<T> looking) {
    try {
      return looking.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public List<Reach> runs(@Nullable RunId after, int limit) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(after == null ? FIRST_RUNS : NEXT_RUNS)) {
      statement.setObject(1, after == null ? LOWEST : after.value());
      statement.setInt(2, limit);
      List<Reach> runs = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          runs.add(new Reach(new RunId(result.getObject(1, UUID.class)), result.getLong(2)));
        }
      }
      return runs;
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  @Override
  public Map<ThreadId, List<RunId>> runsOf(Collection<ThreadId> threads) {
    String[] ids = threads.stream().map(ThreadId::value).toArray(String[]::new);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(OF_THREADS)) {
      statement.setArray(1, connection.createArrayOf("text", ids));
      Map<ThreadId, List<RunId>> runs = new LinkedHashMap<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          runs.computeIfAbsent(new ThreadId(result.getString(1)), _ -> new ArrayList<>())
              .add(new RunId(result.getObject(2, UUID.class)));
        }
      }
      return runs;
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }
}
