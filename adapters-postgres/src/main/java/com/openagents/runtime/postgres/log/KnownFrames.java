package com.openagents.runtime.postgres.log;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.FrameKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells repetitions of frames from other refusals.
///
/// The append sees that a frame's key is taken, but when that happened beside it, not with which
/// content. A key is never given back, so what a later look finds held already, or holds by now,
/// and both are true answers to a write that changed nothing.
final class KnownFrames {

  private static final String SQL =
      """
      select f.run_id::text, f.frame_id, f.digest
      from unnest(?::text[]::uuid[], ?::text[]) as k(run_id, frame_id)
      join runtime.frames f on f.run_id = k.run_id and f.frame_id = k.frame_id
      """;

  private record Key(String runId, String frameId) {
    static Key of(RunId runId, FrameKey frame) {
      return new Key(runId.toString(), frame.frameId().value());
    }
  }

  private KnownFrames() {}

  /// @return the outcome of each write, given the row that the append answered for it
  static List<Appended> settle(
      Connection connection, List<PreparedWrite> writes, List<AppendRow> rows) throws SQLException {
    List<Key> unsure = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      FrameKey frame = writes.get(i).append().frame();
      if (frame != null && rows.get(i).hidesAFrame()) {
        unsure.add(Key.of(writes.get(i).runId(), frame));
      }
    }
    Map<Key, Digest> taken = unsure.isEmpty() ? Map.of() : taken(connection, unsure);
    List<Appended> outcomes = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      outcomes.add(settle(writes.get(i), rows.get(i), taken));
    }
    return outcomes;
  }

  private static Appended settle(PreparedWrite write, AppendRow row, Map<Key, Digest> taken) {
    FrameKey frame = write.append().frame();
    if (frame == null || !row.hidesAFrame()) {
      return row.outcome(write.payloads().size());
    }
    Digest content = taken.get(Key.of(write.runId(), frame));
    if (content == null) {
      return row.outcome(write.payloads().size());
    }
    return frame.content().equals(content)
        ? new Appended.Duplicate(row.lastSeq())
        : new Appended.Refused(Refusal.CONFLICT, row.lastSeq(), row.epoch());
  }

  /// The contents of those of some frames of a run that were taken before.
  static Map<FrameId, Digest> taken(Connection connection, RunId runId, List<FrameKey> frames)
      throws SQLException {
    List<Key> keys = frames.stream().map(frame -> Key.of(runId, frame)).toList();
    Map<FrameId, Digest> taken = new HashMap<>();
    taken(connection, keys)
        .forEach((key, content) -> taken.put(new FrameId(key.frameId()), content));
    return taken;
  }

  private static Map<Key, Digest> taken(Connection connection, List<Key> keys) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      Column.bind(statement, 0, List.of(Column.text(Key::runId), Column.text(Key::frameId)), keys);
      Map<Key, Digest> taken = new HashMap<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          var key = new Key(result.getString(1), result.getString(2));
          taken.put(key, Digests.of(result.getBytes(3)));
        }
      }
      return taken;
    }
  }
}
