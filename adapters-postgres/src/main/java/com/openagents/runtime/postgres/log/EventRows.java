package com.openagents.runtime.postgres.log;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Reads stored events, as they were written.
final class EventRows {

  /// The columns in the order in which they are read.
  static final String COLUMNS =
      "e.run_id, e.seq, e.type, e.version, e.payload, e.occurred_at, e.trace_id, e.epoch";

  private static final int FEW = 64;
  private static final int MANY = 256;

  private EventRows() {}

  static List<StoredEvent> of(PreparedStatement statement) throws SQLException {
    List<StoredEvent> events = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        events.add(row(new RunId(result.getObject(1, UUID.class)), result));
      }
    }
    return events;
  }

  /// Ends with the event by which payloads reach so many characters.
  ///
  /// The server is asked for [#FEW] rows at first, then for as many as should have room, by those
  /// that came: so small ones take few round trips, and no more than 64 MiB of payloads that are
  /// not kept elsewhere come at once.
  ///
  /// @param statement whose first column has an event's run by its place in the list, from 1
  static List<StoredEvent> upTo(PreparedStatement statement, List<RunId> runs, long characters)
      throws SQLException {
    List<StoredEvent> events = new ArrayList<>();
    long read = 0;
    int asked = FEW;
    statement.setFetchSize(FEW);
    try (ResultSet result = statement.executeQuery()) {
      while (read < characters && result.next()) {
        StoredEvent event = row(runs.get(result.getInt(1) - 1), result);
        events.add(event);
        read += event.payload().length();
        if (events.size() == asked) {
          int more = room(characters - read, read / events.size());
          result.setFetchSize(more);
          asked += more;
        }
      }
    }
    return events;
  }

  private static int room(long characters, long each) {
    return Math.clamp(characters / (each + 1), FEW, MANY);
  }

  private static StoredEvent row(RunId runId, ResultSet result) throws SQLException {
    String traceId = result.getString(7);
    return new StoredEvent(
        runId,
        result.getLong(2),
        result.getString(3),
        result.getInt(4),
        result.getString(5),
        result.getObject(6, OffsetDateTime.class).toInstant(),
        traceId == null ? null : new TraceId(traceId),
        result.getObject(8, Long.class));
  }
}
