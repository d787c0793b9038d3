package com.openagents.runtime.postgres.projection;

import static com.openagents.runtime.postgres.projection.DocumentRows.time;
import static org.jooq.impl.DSL.val;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.postgres.Queries;
import com.openagents.runtime.projection.WriterLeases;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.types.DayToSecond;

/// The writer's lease, on the database's clock. Thread-safe.
///
/// A lease that ends later than any can is of a clock that has stepped back since, and over. Taking
/// it waits until the writes of its holder that are under way have ended.
public final class PostgresWriterLeases implements WriterLeases {

  private static final String ACQUIRE =
      """
      insert into runtime.projection_writer as w (node, epoch, expires_at)
      values ({0}, 1, clock_timestamp() + {1})
      on conflict (one) do update
      set node = excluded.node, epoch = w.epoch + 1, expires_at = clock_timestamp() + {1}
      where w.expires_at not between clock_timestamp() and clock_timestamp() + {1}
      returning node, epoch, expires_at
      """;

  private static final String CHANGE =
      """
      update runtime.projection_writer set epoch = {1}, expires_at = clock_timestamp() + {2}
      where epoch = {0} returning node, epoch, expires_at
      """;

  private static final String CURRENT =
      "select node, epoch, expires_at from runtime.projection_writer";

  private final DSLContext queries;

  public PostgresWriterLeases(DataSource dataSource) {
    this.queries = Queries.over(dataSource);
  }

  @Override
  public Optional<WriterLease> acquire(NodeId node, Duration ttl) {
    return lease(ACQUIRE, val(node.value()), val(DayToSecond.valueOf(ttl)));
  }

  @Override
  public Optional<WriterLease> renew(WriterLease lease, Duration ttl) {
    return change(lease, lease.epoch(), ttl);
  }

  @Override
  public Optional<WriterLease> raise(WriterLease lease, long above, Duration ttl) {
    return change(lease, Math.max(lease.epoch(), above) + 1, ttl);
  }

  @Override
  public void release(WriterLease lease) {
    change(lease, lease.epoch(), Duration.ZERO);
  }

  private Optional<WriterLease> change(WriterLease lease, long epoch, Duration ttl) {
    return lease(CHANGE, val(lease.epoch()), val(epoch), val(DayToSecond.valueOf(ttl)));
  }

  @Override
  public Optional<WriterLease> current() {
    return lease(CURRENT);
  }

  private Optional<WriterLease> lease(String statement, Field<?>... parameters) {
    return queries
        .resultQuery(statement, (Object[]) parameters)
        .fetchOptional(PostgresWriterLeases::lease);
  }

  private static WriterLease lease(Record row) {
    return new WriterLease(
        new NodeId(row.get("node", String.class)),
        row.get("epoch", Long.class),
        time(row, "expires_at"));
  }
}
