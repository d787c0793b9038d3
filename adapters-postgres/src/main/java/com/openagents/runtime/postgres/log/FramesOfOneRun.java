package com.openagents.runtime.postgres.log;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.FrameKey;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.postgres.log.EventColumns.Placed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Frames that follow each other in the log of one run, so that one statement may write them all.
///
/// @param writes two or more, each of one frame, under the same precondition
record FramesOfOneRun(List<PreparedWrite> writes) {

  private static final String SQL = Sql.read("append_frames.sql");

  FramesOfOneRun {
    writes = List.copyOf(writes);
  }

  /// Whether a write may stand in one statement with the write before it.
  static boolean follows(PreparedWrite before, PreparedWrite write) {
    return before.runId().equals(write.runId())
        && joinable(before.append())
        && joinable(write.append())
        && before.append().precondition().equals(write.append().precondition());
  }

  private static boolean joinable(Append append) {
    var wanted = append.precondition();
    boolean anybody =
        !wanted.fresh()
            && wanted.executorEpoch() == null
            && wanted.atSeq() == null
            && !wanted.uncontended();
    return anybody
        && append.frame() != null
        && append.events().size() == 1
        && append.columns() == null
        && append.lease() instanceof LeaseChange.Keep
        && (append.wake() instanceof Wake.Now || append.wake() instanceof Wake.Keep);
  }

  /// Writes those that are new, all or none.
  ///
  /// @return the outcome of each, or empty when they have to be written one by one, to learn what
  ///   stands against them
  Optional<List<Appended>> write(Connection connection) throws SQLException {
    List<FrameKey> keys = writes.stream().map(FramesOfOneRun::key).toList();
    Map<FrameId, Digest> taken =
        new HashMap<>(KnownFrames.taken(connection, writes.getFirst().runId(), keys));
    List<@Nullable Digest> before = new ArrayList<>();
    List<PreparedWrite> fresh = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      Digest known = taken.putIfAbsent(keys.get(i).frameId(), keys.get(i).content());
      before.add(known);
      if (known == null) {
        fresh.add(writes.get(i));
      }
    }
    return fresh.isEmpty()
        ? Optional.empty()
        : insert(connection, fresh).map(row -> outcomes(before, row, fresh.size()));
  }

  private static Optional<AppendRow> insert(Connection connection, List<PreparedWrite> fresh)
      throws SQLException {
    Append first = fresh.getFirst().append();
    boolean due = fresh.stream().anyMatch(w -> w.append().wake() instanceof Wake.Now);
    try (var statement = connection.prepareStatement(SQL)) {
      var owner = first.precondition().owner();
      statement.setString(1, owner == null ? null : owner.key());
      statement.setBoolean(2, first.precondition().open());
      statement.setBoolean(3, due);
      int bound = Column.bind(statement, 3, EventColumns.FRAME, Placed.of(fresh));
      bound = Column.bind(statement, bound, EventColumns.EVENT, Placed.of(fresh));
      Column.bind(statement, bound, List.of(WriteColumns.RUN_ID), first);
      return AppendStatement.rows(statement).stream().findFirst();
    }
  }

  /// @param before for each write the content of its frame if that was known, or null
  private List<Appended> outcomes(List<@Nullable Digest> before, AppendRow row, int fresh) {
    List<Appended> outcomes = new ArrayList<>();
    long seq = row.lastSeq() - fresh;
    for (int i = 0; i < writes.size(); i++) {
      Digest known = before.get(i);
      if (known == null) {
        seq++;
        outcomes.add(new Appended.Written(seq, seq, row.epoch(), row.at()));
      } else {
        outcomes.add(
            known.equals(key(writes.get(i)).content())
                ? new Appended.Duplicate(seq)
                : new Appended.Refused(Refusal.CONFLICT, seq, row.epoch()));
      }
    }
    return outcomes;
  }

  private static FrameKey key(PreparedWrite write) {
    return Objects.requireNonNull(write.append().frame());
  }
}
