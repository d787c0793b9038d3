package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.postgres.jooq.Tables.FRAMES;
import static com.openagents.runtime.postgres.jooq.Tables.RUNS;
import static com.openagents.runtime.postgres.jooq.Tables.SEALS;
import static com.openagents.runtime.postgres.jooq.Tables.THREADS;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.greatest;

import com.openagents.runtime.log.DerivedRun;
import com.openagents.runtime.log.DerivedRun.TakenFrame;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.postgres.jooq.tables.records.FramesRecord;
import com.openagents.runtime.postgres.jooq.tables.records.RunsRecord;
import com.openagents.runtime.run.Run;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;

/// Puts what a log gives into the tables beside it, over what they hold.
final class DerivedRows {

  private DerivedRows() {}

  static void write(DSLContext inside, DerivedRun run) {
    RunHead head = run.head();
    inside
        .insertInto(THREADS)
        .set(THREADS.THREAD_ID, head.threadId().value())
        .set(THREADS.OWNER, head.owner().key())
        .onConflict(THREADS.THREAD_ID)
        .doUpdate()
        .setAllToExcluded()
        .execute();
    UUID runId = head.runId().value();
    inside
        .insertInto(RUNS)
        .set(row(run, inside.fetchExists(SEALS, SEALS.RUN_ID.eq(runId))))
        .onConflict(RUNS.RUN_ID)
        .doUpdate()
        .set(overwritten())
        .execute();
    inside.deleteFrom(FRAMES).where(FRAMES.RUN_ID.eq(runId)).execute();
    inside.batchInsert(run.frames().stream().map(f -> row(runId, f)).toList()).execute();
  }

  /// Everything, but neither an epoch nor a floor that is there goes back. A row that is there
  /// knows the epochs of which the log does not tell, and how far ageing has looked.
  private static Map<Field<?>, Object> overwritten() {
    Map<Field<?>, Object> fields = new LinkedHashMap<>();
    for (Field<?> field : RUNS.fields()) {
      fields.put(field, excluded(field));
    }
    Field<Long> inLog = excluded(RUNS.EPOCH).sub(DerivedRun.UNTOLD_EPOCHS);
    fields.put(RUNS.EPOCH, greatest(RUNS.EPOCH, inLog).add(1));
    fields.put(RUNS.FLOOR, greatest(RUNS.FLOOR, excluded(RUNS.FLOOR)));
    fields.put(RUNS.LOOKED_UNTIL, RUNS.LOOKED_UNTIL);
    return fields;
  }

  private static RunsRecord row(DerivedRun run, boolean sealed) {
    RunHead head = run.head();
    Run state = head.columns().run();
    RunsRecord row = new RunsRecord();
    row.setRunId(head.runId().value());
    row.setThreadId(head.threadId().value());
    row.setOwner(head.owner().key());
    row.setAgent(head.agent().name());
    row.setAgentVersion(head.agent().version());
    row.setContent(head.content().bytes());
    row.setLastSeq(head.lastSeq());
    row.setFloor(head.floor());
    row.setEpoch(head.lease().epoch());
    row.setLeaseOwner(null);
    row.setLeaseExpiresAt(null);
    row.setWakeAt(head.wakeAt());
    row.setRestsUntil(run.restsUntil());
    row.setStatus(state.status());
    row.setWaitingFor(WriteColumns.waitingFor(state));
    row.setWaitUntil(state instanceof Run.Waiting waiting ? waiting.until() : null);
    row.setReasonClass(WriteColumns.reasonClass(state));
    row.setRecoveries(head.columns().recoveries());
    row.setCreatedAt(head.createdAt());
    row.setUpdatedAt(head.updatedAt());
    row.setEndedAt(run.endedAt());
    row.setSealed(sealed);
    return row;
  }

  private static FramesRecord row(UUID runId, TakenFrame frame) {
    return new FramesRecord(runId, frame.frameId().value(), frame.content().bytes(), frame.seq());
  }
}
