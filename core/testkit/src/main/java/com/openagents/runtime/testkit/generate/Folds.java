package com.openagents.runtime.testkit.generate;

import com.openagents.runtime.run.GrowingText;
import com.openagents.runtime.run.OpenTools;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.run.RunState.OpenText;
import com.openagents.runtime.run.RunState.Pending;
import com.openagents.runtime.run.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Random folds of logs, each part lawful by itself: what holds of every fold holds of these. Not
/// thread-safe.
public final class Folds {

  private final Values some;
  private final Events events;
  private final Envelopes envelopes;
  private final Lives lives;

  public Folds(RandomGenerator random) {
    some = new Values(random);
    events = new Events(random);
    envelopes = new Envelopes(random);
    lives = new Lives(random);
  }

  /// Of a run that exists, or of none.
  public RunState state() {
    return some.below(20) == 0
        ? RunState.ABSENT
        : new RunState(
            lives.run(),
            events.spec(),
            some.time(),
            some.number(),
            some.number(),
            some.count(),
            some.some(this::pending),
            some.count(),
            some.orNull(this::openTurn),
            some.some(this::utterance),
            some.orNull(this::openText),
            some.orNull(some::text),
            some.some(some::name),
            some.orNull(some::traceId));
  }

  public Pending pending() {
    return new Pending(some.number(), envelopes.frame(), some.orNull(some::traceId));
  }

  public Utterance utterance() {
    return new Utterance(some.oneOf(Utterance.Speaker.class), some.text());
  }

  public OpenText openText() {
    return new OpenText(some.number(), some.name(), some.chance(), GrowingText.of(some.text()));
  }

  /// With at least one step, as every turn has that is open.
  public OpenTurn openTurn() {
    List<OpenTurn.Step> steps = new ArrayList<>(some.some(this::step));
    steps.add(step());
    return new OpenTurn(some.count(), some.some(envelopes::frame), steps);
  }

  public OpenTurn.Step step() {
    return new OpenTurn.Step(
        some.count(),
        some.some(events::intent),
        some.some(this::result),
        some.some(some::name),
        some.some(this::approval),
        some.chance(),
        some.orNull(() -> some.oneOf(List.of("done", "failed", OpenTurn.Step.INTERRUPTED))));
  }

  public OpenTurn.Result result() {
    return new OpenTurn.Result(some.name(), some.text());
  }

  public OpenTurn.Approval approval() {
    return new OpenTurn.Approval(some.name(), some.time());
  }

  public OpenTools.Open openTool() {
    return new OpenTools.Open(some.name(), some.name(), some.number(), some.chance());
  }
}
