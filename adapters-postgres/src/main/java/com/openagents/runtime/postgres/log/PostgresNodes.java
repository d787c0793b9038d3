package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.postgres.jooq.Tables.NODES;
import static com.openagents.runtime.postgres.log.RunHeads.CLOCK;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.log.Nodes;
import com.openagents.runtime.postgres.Queries;
import com.openagents.runtime.postgres.jooq.tables.records.NodesRecord;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.types.DayToSecond;

/// Which processes share the database. Thread-safe.
public final class PostgresNodes implements Nodes {

  private static final DayToSecond SHOWN_FOR = new DayToSecond(1);

  private final DSLContext queries;

  public PostgresNodes(DataSource dataSource) {
    this.queries = Queries.over(dataSource);
  }

  @Override
  public void heartbeat(NodeId node, String version, int executing) {
    queries
        .insertInto(NODES)
        .set(NODES.NODE, node.value())
        .set(NODES.VERSION, version)
        .set(NODES.EXECUTING, executing)
        .set(NODES.STARTED_AT, CLOCK)
        .set(NODES.SEEN_AT, CLOCK)
        .onConflict(NODES.NODE)
        .doUpdate()
        .set(NODES.VERSION, version)
        .set(NODES.EXECUTING, executing)
        .set(NODES.SEEN_AT, CLOCK)
        .execute();
  }

  @Override
  public void leave(NodeId node) {
    queries.deleteFrom(NODES).where(NODES.NODE.eq(node.value())).execute();
  }

  @Override
  public List<NodeSeen> list() {
    return queries
        .selectFrom(NODES)
        .where(NODES.SEEN_AT.ge(CLOCK.sub(SHOWN_FOR)))
        .orderBy(NODES.SEEN_AT.desc())
        .fetch(PostgresNodes::seen);
  }

  private static NodeSeen seen(NodesRecord row) {
    return new NodeSeen(
        new NodeId(row.getNode()),
        row.getVersion(),
        row.getExecuting(),
        row.getStartedAt(),
        row.getSeenAt());
  }
}
