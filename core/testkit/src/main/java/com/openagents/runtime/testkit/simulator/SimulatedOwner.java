package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.event.ToolEvent.ToolApprovalRequested;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.intake.NewFrame;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Somebody who reads along and decides on each approval that a run asks for: approves it, denies
/// it, answers what nobody asked, or lets it run out.
final class SimulatedOwner {

  private static final int PAGE = 10_000;
  private static final int LOOK_MILLIS_MAX = 3_000;

  private final World world;
  private final RunId runId;
  private final int number;
  private final Place place;
  private final Consumer<NewFrame> send;
  private final Map<String, Boolean> verdicts = new HashMap<>();

  SimulatedOwner(World world, Conversation wanted, Place place, Consumer<NewFrame> send) {
    this.world = world;
    this.runId = wanted.runId();
    this.number = wanted.number();
    this.place = place;
    this.send = send;
  }

  /// What was said about each approval, whether it was heard or not.
  Map<String, Boolean> verdicts() {
    return Map.copyOf(verdicts);
  }

  void decide() {
    while (true) {
      world.lockstep().sleep(Duration.ofMillis(world.random().nextInt(LOOK_MILLIS_MAX)));
      place.mustBeThere();
      world.witness().read(runId, 0, PAGE).stream()
          .filter(stored -> stored.type().equals("tool.approval_requested"))
          .map(SimulatedOwner::approvalId)
          .filter(id -> !verdicts.containsKey(id))
          .findFirst()
          .ifPresent(this::decide);
    }
  }

  private static String approvalId(StoredEvent stored) {
    return ((ToolApprovalRequested) EventCodec.decode(stored).event()).approvalId();
  }

  private void decide(String id) {
    int mood = world.random().nextInt(4);
    verdicts.put(id, mood == 0);
    if (mood < 2) {
      send.accept(
          new NewFrame(
              new FrameId("verdict-%d-%s".formatted(number, id)),
              "tool_approval",
              Json.object().put("approvalId", id).put("approved", mood == 0).build(),
              null,
              null));
    }
  }
}
