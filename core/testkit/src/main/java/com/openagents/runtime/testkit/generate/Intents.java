package com.openagents.runtime.testkit.generate;

import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Intent;
import java.util.random.RandomGenerator;

/// Random decisions of agents, and what agents decide on. Not thread-safe.
public final class Intents {

  private final Values some;
  private final Events events;
  private final Envelopes envelopes;
  private final Folds folds;

  public Intents(RandomGenerator random) {
    some = new Values(random);
    events = new Events(random);
    envelopes = new Envelopes(random);
    folds = new Folds(random);
  }

  public Intent any() {
    return switch (some.below(11)) {
      case 0 -> new Intent.Say(some.text());
      case 1 -> new Intent.Think(some.text());
      case 2 -> new Intent.Predict(some.name(), some.object());
      case 3 ->
          new Intent.CallTool(some.name(), some.object(), some.oneOf(Intent.Settlement.class));
      case 4 -> new Intent.RequestApproval(some.text(), some.object(), some.duration());
      case 5 -> new Intent.Spawn(some.name(), some.object());
      case 6 -> new Intent.SleepUntil(some.time());
      case 7 -> new Intent.AwaitFrames();
      case 8 -> new Intent.Compact();
      case 9 -> new Intent.Finish();
      default -> new Intent.Fail(some.text());
    };
  }

  /// Any state whose parts are lawful, for laws about whatever reads states. Few are such as an
  /// agent is asked about: the steps are no decisions of it, and often unfinished. What an agent
  /// meets it meets in a `TestRuntime`.
  public AgentState state() {
    return new AgentState(
        events.spec(),
        some.some(folds::utterance),
        some.some(folds::utterance),
        some.some(envelopes::frame),
        some.orNull(folds::openTurn),
        some.time());
  }
}
