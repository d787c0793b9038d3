package com.openagents.runtime.testkit.generate;

import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.model.ModelRequest.Role;
import com.openagents.runtime.model.ModelStream;
import com.openagents.runtime.model.ModelStream.Polled;
import java.util.List;
import java.util.random.RandomGenerator;

/// Random questions to a language model, and what comes of them. Not thread-safe.
public final class Questions {

  private static final List<String> ERROR_CLASSES =
      List.of("unavailable", "timeout", "rate_limited", "refused", "malformed");

  private final Values some;
  private final Events events;

  public Questions(RandomGenerator random) {
    some = new Values(random);
    events = new Events(random);
  }

  public ModelRequest request() {
    return new ModelRequest(
        some.name(), some.name(), some.object(), some.some(this::turn), some.orNull(some::traceId));
  }

  public ModelRequest.Turn turn() {
    return new ModelRequest.Turn(some.oneOf(Role.class), some.text());
  }

  public Polled polled() {
    return switch (some.below(5)) {
      case 0 -> new ModelStream.Text(some.text());
      case 1 -> new ModelStream.Reasoning(some.text());
      case 2 -> ModelStream.IDLE;
      case 3 -> new ModelStream.Done(events.modelUse());
      default -> new ModelStream.Failed(some.oneOf(ERROR_CLASSES), some.text(), some.chance());
    };
  }
}
