package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.log.StoreUnavailable;
import java.time.Duration;
import java.util.function.Function;

/// How somebody outside reaches whatever node answers.
record Asking(World world, Place place) {

  private static final int RETRY_MILLIS_MAX = 1_500;
  private static final int REPEATS_ONE_IN = 3;

  /// Repeats a request until a node answers it.
  <A> A untilAnswered(String what, Function<SimulatedNode, A> request) {
    while (true) {
      try {
        SimulatedNode node = world.anyNode().orElse(null);
        if (node != null) {
          A answer = request.apply(node);
          world.note(
              () -> "%s: %s by %s → %s".formatted(place.name(), what, node.place().name(), answer));
          return answer;
        }
      } catch (StoreUnavailable | NodeCrashed noAnswer) {
        world.note(() -> "%s: %s → no answer".formatted(place.name(), what));
      }
      retryLater();
    }
  }

  void retryLater() {
    pause(RETRY_MILLIS_MAX);
  }

  void pause(int millisMax) {
    world.lockstep().sleep(Duration.ofMillis(world.random().nextInt(millisMax)));
    place.mustBeThere();
  }

  /// Whether to send something again though it was answered.
  boolean repeats() {
    return chance(REPEATS_ONE_IN);
  }

  boolean chance(int oneIn) {
    return world.random().nextInt(oneIn) == 0;
  }

  void expect(boolean holds, String what, Object answer) {
    if (!holds) {
      throw new Defect(
          PlayLaws.ANSWERED, "%s: %s was answered %s".formatted(place.name(), what, answer), null);
    }
  }
}
