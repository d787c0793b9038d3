package com.openagents.runtime.intake;

import com.openagents.runtime.event.CorruptEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Checkpoints;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunStates;
import com.openagents.runtime.log.SavedFolds;
import com.openagents.runtime.run.CorruptLog;
import com.openagents.runtime.run.FrameType.Effect;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Bounds how many frames wait in one run, so that none is flooded.
///
/// The log is folded once in a quarter of the bound, not for every frame, so each node may let in
/// that much more. Frames that end a wait or a run find twice the room: a full run could not go on
/// without them. Thread-safe; may throw [com.openagents.runtime.log.StoreUnavailable].
public final class Backlog {

  private static final int REMEMBERED_MAX = 10_000;

  private final EventLog log;
  private final Checkpoints checkpoints;
  private final int framesMax;
  private final Map<Place, Room> rooms = new ConcurrentHashMap<>();

  private record Place(RunId runId, boolean urgent) {}

  /// @param left frames that may come before the next look
  /// @param fullAt the head at which the run was found full, or 0
  private record Room(int left, long fullAt) {
    private Room less() {
      return new Room(left - 1, 0);
    }
  }

  /// @param framesMax how many frames may wait in a run, at most a thousand million
  public Backlog(EventLog log, Checkpoints checkpoints, int framesMax) {
    this.log = log;
    this.checkpoints = checkpoints;
    this.framesMax = framesMax;
  }

  /// Whether the next look for room reads the log, which then has to hold all that was let in.
  boolean isAboutToLook(RunId runId, Effect effect) {
    Room room = rooms.get(new Place(runId, effect.urgent()));
    return room == null || room.left() <= 0;
  }

  /// Takes a place for one more frame, if there is one.
  boolean hasRoom(RunId runId, Effect effect) {
    Place place = new Place(runId, effect.urgent());
    int max = effect.urgent() ? 2 * framesMax : framesMax;
    if (rooms.size() >= REMEMBERED_MAX) {
      rooms.clear();
    }
    Room before = rooms.getOrDefault(place, new Room(max / 4, 0));
    Room now = before.left() > 0 ? before.less() : look(runId, max, before);
    rooms.put(place, now);
    return now.fullAt() == 0;
  }

  /// A log that has not grown since is as full as it was.
  private Room look(RunId runId, int max, Room before) {
    RunHead head = log.head(runId).orElse(null);
    if (head == null || head.lastSeq() == before.fullAt()) {
      return before;
    }
    int free = max - queued(head);
    return free <= 0 ? new Room(0, head.lastSeq()) : new Room((free - 1) / 4, 0);
  }

  private int queued(RunHead head) {
    try {
      RunId runId = head.runId();
      return RunStates.read(log, runId, SavedFolds.latest(checkpoints, runId)).pending().size();
    } catch (CorruptLog | CorruptEvent e) {
      return 0;
    }
  }
}
