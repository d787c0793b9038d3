package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.testkit.Drafts;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// What somebody wants of one run.
///
/// @param messages what is said to it, the first with its start
/// @param cancels whether its end is asked for at some time
public record Conversation(
    RunId runId, Lifecycle lifecycle, WhileBusy whileBusy, List<String> messages, boolean cancels) {

  private static final int MESSAGES_MAX = 3;
  private static final int CANCELS_ONE_IN = 4;
  private static final int ASKS_ONE_IN = 4;

  public Conversation {
    messages = List.copyOf(messages);
  }

  public static Conversation random(RandomGenerator random, int number) {
    return new Conversation(
        Drafts.runId(number),
        random.nextBoolean() ? Lifecycle.TURN : Lifecycle.SESSION,
        whileBusy(random),
        IntStream.rangeClosed(1, 1 + random.nextInt(MESSAGES_MAX))
            .mapToObj(i -> message(random, i + " of " + number))
            .toList(),
        random.nextInt(CANCELS_ONE_IN) == 0);
  }

  private static WhileBusy whileBusy(RandomGenerator random) {
    List<WhileBusy> all = List.of(WhileBusy.values());
    return all.get(random.nextInt(all.size()));
  }

  private static String message(RandomGenerator random, String which) {
    String asks = random.nextInt(ASKS_ONE_IN) == 0 ? SimulatedAgent.IF_ALLOWED : "";
    return "message " + which + asks;
  }
}
