package com.openagents.runtime.testkit.generate;

import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.FrameKey;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import java.util.random.RandomGenerator;

/// Random writes to a log and what becomes of them, each lawful by itself. Not thread-safe.
public final class Appends {

  private final Values some;
  private final Events events;
  private final Leases leases;
  private final Lives lives;

  public Appends(RandomGenerator random) {
    some = new Values(random);
    events = new Events(random);
    leases = new Leases(random);
    lives = new Lives(random);
  }

  public Append append() {
    return new Append(
        some.runId(),
        precondition(),
        some.some(events::any),
        leases.change(),
        some.orNull(this::columns),
        wake(),
        some.orNull(this::frameKey),
        some.orNull(some::traceId));
  }

  public Precondition precondition() {
    return new Precondition(
        some.chance(),
        some.orNull(some::number),
        some.orNull(some::number),
        some.chance(),
        some.orNull(some::principal),
        some.chance());
  }

  public Columns columns() {
    return new Columns(lives.run(), some.below(5));
  }

  public FrameKey frameKey() {
    return new FrameKey(some.frameId(), some.digest());
  }

  public Wake wake() {
    return switch (some.below(5)) {
      case 0 -> Wake.KEEP;
      case 1 -> Wake.NEVER;
      case 2 -> Wake.NOW;
      case 3 -> new Wake.After(some.duration());
      default -> new Wake.At(some.time());
    };
  }

  public Appended appended() {
    return switch (some.below(3)) {
      case 0 -> {
        long first = 1L + some.below(1_000);
        yield new Appended.Written(first, first + some.below(9), some.number(), some.time());
      }
      case 1 -> new Appended.Duplicate(some.number());
      default ->
          new Appended.Refused(some.oneOf(Appended.Refusal.class), some.number(), some.number());
    };
  }
}
