package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.postgres.jooq.Tables.RUNS;

import com.openagents.runtime.event.RunSpec.AgentRef;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.postgres.jooq.tables.records.RunsRecord;
import com.openagents.runtime.run.Run;
import java.time.Instant;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectWhereStep;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Reads the rows beside the logs.
final class RunHeads {

  /// The store's clock; not frozen for the transaction, as `now()` is.
  static final Field<Instant> CLOCK = DSL.field("clock_timestamp()", SQLDataType.INSTANT);

  private RunHeads() {}

  /// Leaves out what ageing keeps, which may be a time that Java does not know: infinity.
  static SelectWhereStep<? extends Record> select(DSLContext queries) {
    return queries
        .select(RUNS.asterisk().except(RUNS.LOOKED_UNTIL), CLOCK.as("read_at"))
        .from(RUNS);
  }

  static RunHead head(Record row) {
    RunsRecord run = row.into(RUNS);
    Run state =
        Run.ofColumns(
            run.getStatus(), run.getWaitingFor(), run.getWaitUntil(), run.getReasonClass());
    return new RunHead(
        new RunId(run.getRunId()),
        new ThreadId(run.getThreadId()),
        Principal.ofKey(run.getOwner()),
        new AgentRef(run.getAgent(), run.getAgentVersion()),
        Digests.of(run.getContent()),
        new Columns(state, run.getRecoveries()),
        run.getLastSeq(),
        run.getFloor(),
        lease(run),
        run.getWakeAt(),
        run.getCreatedAt(),
        run.getUpdatedAt(),
        row.get("read_at", Instant.class));
  }

  private static Lease lease(RunsRecord run) {
    return run.getLeaseOwner() == null
        ? new Lease.Free(run.getEpoch())
        : new Lease.Held(run.getEpoch(), new NodeId(run.getLeaseOwner()), run.getLeaseExpiresAt());
  }
}
