package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.postgres.jooq.Tables.RUNS;

import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.postgres.Failures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.impl.DSL;

/// The log of every run in PostgreSQL. Thread-safe.
public final class PostgresEventLog implements EventLog {

  private static final int PAGE_MAX = 10_000;

  private static final String PAGE =
      "select " + EventRows.COLUMNS + " from runtime.events e where e.run_id = ? and e.seq > ?";
  private static final String AGEING =
      Stream.of(EventType.values())
          .filter(type -> type.retention() == Retention.DELTA)
          .map(type -> "'" + type.wireName() + "'")
          .collect(Collectors.joining(", "));
  private static final String IN_ORDER = " order by e.seq limit ?";

  private static final String READ = PAGE + IN_ORDER;
  private static final String READ_DURABLE =
      PAGE + " and e.type not in (" + AGEING + ")" + IN_ORDER;

  private static final String HEAD =
      RunHeads.select().where(RUNS.RUN_ID.eq(DSL.val((UUID) null, RUNS.RUN_ID))).getSQL();

  private final BatchWriter writer;
  private final DataSource reading;

  /// @param writing connections set up by [com.openagents.runtime.postgres.PostgresPools]
  /// @param reading connections that reads may exhaust without holding up a write
  public PostgresEventLog(DataSource writing, DataSource reading) {
    this.writer = new BatchWriter(writing);
    this.reading = reading;
  }

  /// Writes in as few transactions as the order of each run's writes allows.
  ///
  /// @throws UnstorableWrite when a write cannot be stored; the others were
  @Override
  public List<Appended> append(List<Append> batch) {
    return write(batch.stream().map(PreparedWrite::of).toList()).stream()
        .map(WriteResult::outcome)
        .toList();
  }

  List<WriteResult> write(List<PreparedWrite> writes) {
    return writes.isEmpty() ? List.of() : writer.write(writes);
  }

  @Override
  public List<StoredEvent> read(RunId runId, long after, int limit) {
    return page(READ, runId, after, limit);
  }

  @Override
  public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
    return page(READ_DURABLE, runId, after, limit);
  }

  private List<StoredEvent> page(String sql, RunId runId, long after, int limit) {
    if (after < 0 || limit < 1 || limit > PAGE_MAX) {
      throw new IllegalArgumentException("after is at least 0, limit from 1 to " + PAGE_MAX);
    }
    try (Connection connection = reading.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, runId.value());
      statement.setLong(2, after);
      statement.setInt(3, limit);
      return EventRows.of(statement);
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  @Override
  public Optional<RunHead> head(RunId runId) {
    return RunHeads.one(reading, HEAD, List.of(runId.value()));
  }
}
