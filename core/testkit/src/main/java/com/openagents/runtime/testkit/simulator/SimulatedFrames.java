package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.intake.NewFrame;
import com.openagents.runtime.intake.Sender;
import com.openagents.runtime.intake.Taken;
import com.openagents.runtime.intake.Taken.Why;
import com.openagents.runtime.testkit.Drafts;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Sends frames to a run, one or several in a call, and keeps what was answered to each.
final class SimulatedFrames {

  /// What a frame is refused for before it is written, so that those behind it are not tried.
  private static final Set<Why> AT_ONCE = EnumSet.of(Why.BUSY, Why.UNKNOWN_FRAME_TYPE);

  private static final Set<Why> FOR_NOW = EnumSet.of(Why.BUSY, Why.BEHIND_REFUSED);

  private final Asking asking;
  private final RunId runId;
  private final Set<FrameId> taken = new HashSet<>();
  private final Set<FrameId> refused = new HashSet<>();
  private final Map<FrameId, Long> places = new HashMap<>();
  private final List<List<FrameId>> calls = new ArrayList<>();
  private int partly;

  SimulatedFrames(Asking asking, RunId runId) {
    this.asking = asking;
    this.runId = runId;
  }

  Set<FrameId> taken() {
    return taken;
  }

  Set<FrameId> refused() {
    return refused;
  }

  /// Where frames stand in the log, as far as their sender was told.
  Map<FrameId, Long> places() {
    return places;
  }

  /// The frames of each call, in their order.
  List<List<FrameId>> calls() {
    return calls;
  }

  /// How many calls had some of their frames taken, and others not.
  int partly() {
    return partly;
  }

  /// A frame came with the start of its run.
  void began(NewFrame frame) {
    taken.add(frame.frameId());
  }

  /// Sends frames in one call, and those again that the run may take later.
  void send(List<NewFrame> frames) {
    calls.add(frames.stream().map(NewFrame::frameId).toList());
    List<NewFrame> left = sendOnce(frames);
    while (!left.isEmpty()) {
      asking.retryLater();
      left = sendOnce(left);
    }
  }

  private List<NewFrame> sendOnce(List<NewFrame> frames) {
    List<Taken> answers = ask(frames);
    List<NewFrame> settled = new ArrayList<>();
    List<Taken> before = new ArrayList<>();
    List<NewFrame> left = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      if (answers.get(i) instanceof Taken.Refused(Why why) && FOR_NOW.contains(why)) {
        left.add(frames.get(i));
      } else {
        keep(frames.get(i).frameId(), answers.get(i));
        settled.add(frames.get(i));
        before.add(answers.get(i));
      }
    }
    long out = answers.stream().filter(Taken.Refused.class::isInstance).count();
    partly += out > 0 && out < answers.size() ? 1 : 0;
    if (!settled.isEmpty() && asking.repeats()) {
      again(settled, before);
    }
    return left;
  }

  private void keep(FrameId frameId, Taken answer) {
    (answer instanceof Taken.Refused ? refused : taken).add(frameId);
    if (answer instanceof Taken.Accepted(long lastSeq)) {
      places.put(frameId, lastSeq);
    }
  }

  private void again(List<NewFrame> frames, List<Taken> before) {
    List<Taken> answers = ask(frames);
    for (int i = 0; i < frames.size(); i++) {
      boolean same =
          (answers.get(i) instanceof Taken.Refused) == (before.get(i) instanceof Taken.Refused);
      asking.expect(
          same && !(answers.get(i) instanceof Taken.Accepted), shown(frames) + " again", answers);
    }
  }

  /// A frame that is refused at once keeps out all behind it, and nothing else does.
  private List<Taken> ask(List<NewFrame> frames) {
    List<Taken> answers =
        asking.untilAnswered(
            shown(frames),
            node -> node.runs().frames(runId, frames, Sender.owner(Drafts.OWNER), null));
    asking.expect(answers.size() == frames.size(), shown(frames), answers);
    boolean stopped = false;
    for (Taken answer : answers) {
      boolean behind = answer instanceof Taken.Refused(Why why) && why == Why.BEHIND_REFUSED;
      asking.expect(behind == stopped, shown(frames), answers);
      stopped |= answer instanceof Taken.Refused(Why why) && AT_ONCE.contains(why);
    }
    return answers;
  }

  private static String shown(List<NewFrame> frames) {
    List<FrameId> ids = frames.stream().map(NewFrame::frameId).toList();
    return ids.size() == 1 ? "frame " + ids.getFirst() : "frames " + ids;
  }
}
