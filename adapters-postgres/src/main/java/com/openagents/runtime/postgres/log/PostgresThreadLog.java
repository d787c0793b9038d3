package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.postgres.jooq.Tables.THREADS;

import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.ThreadLog;
import com.openagents.runtime.postgres.Failures;
import com.openagents.runtime.postgres.Queries;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/// Reads threads across their runs. Thread-safe.
public final class PostgresThreadLog implements ThreadLog {

  private static final int LIMIT_MAX = 1_000;

  /// Of the newest runs, of each no more than the whole answer can hold; then the newest of all.
  ///
  /// Frames are found by their keys, messages by an index whose condition stands in the text. The
  /// event of a frame is looked up alone, or a plan for small tables would read the whole log.
  static final String CONVERSATION =
      """
      select e.*
      from (
        select run_id from runtime.runs
        where thread_id = ?
        order by created_at desc, run_id desc limit ?
      ) r
      cross join lateral (
        select e.*
        from (
          select seq from runtime.frames f
          where f.run_id = r.run_id
          order by seq desc limit ?
        ) f
        cross join lateral (
          select %1$s from runtime.events e
          where e.run_id = r.run_id and e.seq = f.seq
          limit 1
        ) e
        union all (
          select %1$s from runtime.events e
          where e.run_id = r.run_id and e.type = '%2$s'
          order by e.seq desc limit ?
        )
      ) e
      order by e.occurred_at desc, e.run_id desc, e.seq desc
      limit ?
      """
          .formatted(EventRows.COLUMNS, EventType.MESSAGE_COMPLETED.wireName());

  private final DataSource dataSource;
  private final DSLContext queries;

  public PostgresThreadLog(DataSource dataSource) {
    this.dataSource = dataSource;
    this.queries = Queries.over(dataSource);
  }

  @Override
  public Optional<Principal> owner(ThreadId threadId) {
    return queries
        .selectFrom(THREADS)
        .where(THREADS.THREAD_ID.eq(threadId.value()))
        .fetchOptional(THREADS.OWNER)
        .map(Principal::ofKey);
  }

  @Override
  public List<StoredEvent> conversation(ThreadId threadId, int limit) {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new IllegalArgumentException("limit is from 1 to " + LIMIT_MAX);
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(CONVERSATION)) {
      statement.setString(1, threadId.value());
      statement.setInt(2, limit);
      statement.setInt(3, limit);
      statement.setInt(4, limit);
      statement.setInt(5, limit);
      return EventRows.of(statement).reversed();
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }
}
