package com.openagents.runtime.testkit.generate;

import com.openagents.runtime.seal.Chain;
import com.openagents.runtime.seal.Report;
import com.openagents.runtime.stream.Cursor;
import com.openagents.runtime.stream.CursorVerdict;
import java.util.random.RandomGenerator;

/// Random places from which a log is read on, and what is found of it. Not thread-safe.
public final class Readers {

  private final Values some;

  public Readers(RandomGenerator random) {
    some = new Values(random);
  }

  public Cursor cursor() {
    return switch (some.below(4)) {
      case 0 -> new Cursor.Start();
      case 1 -> new Cursor.Latest();
      default -> new Cursor.After(1 + some.number());
    };
  }

  public CursorVerdict cursorVerdict() {
    return switch (some.below(5)) {
      case 0 -> new CursorVerdict.Replay(some.number());
      case 1 -> new CursorVerdict.LiveOnly(some.number());
      case 2 -> new CursorVerdict.Ahead(some.number());
      case 3 -> new CursorVerdict.Stale(some.number(), some.number());
      default -> new CursorVerdict.NothingMore();
    };
  }

  public Chain chain() {
    return new Chain(some.runId(), some.digest(), some.number());
  }

  public Report report() {
    return some.chance()
        ? new Report.Intact(
            some.runId(),
            some.number(),
            some.time(),
            some.name(),
            some.chance(),
            some.some(() -> new Report.Late(some.number(), some.name())),
            some.some(() -> new Report.Aged(some.number(), some.number())))
        : new Report.Broken(some.oneOf(Report.Place.class), some.number(), some.text());
  }
}
