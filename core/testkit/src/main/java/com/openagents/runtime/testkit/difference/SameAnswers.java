package com.openagents.runtime.testkit.difference;

import com.openagents.runtime.log.ChangeFeed.Change;
import com.openagents.runtime.log.ChangeFeed.Changes;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.testkit.StoreFixture;
import com.openagents.runtime.testkit.generate.Seeds;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// Plays the same random operations against two stores and compares every answer, and at the end
/// every log.
///
/// Exact times are left out of the comparison, and so is order where none is promised; everything
/// else must be equal. A failure names the seed, the operation, and what led to it.
public final class SameAnswers {

  private static final int SHOWN_MAX = 12;

  /// Longer than a real clock's step, so that no two operations happen at the same time.
  private static final Duration BETWEEN_OPERATIONS = Duration.ofMillis(1);

  private final long seed;
  private final StoreFixture one;
  private final StoreFixture other;
  private final Deque<String> played = new ArrayDeque<>();
  private Position onePosition;
  private Position otherPosition;

  private SameAnswers(long seed, StoreFixture one, StoreFixture other) {
    this.seed = seed;
    this.one = one;
    this.other = other;
    onePosition = one.changes().now();
    otherPosition = other.changes().now();
  }

  /// Opens a pair of fresh stores, plays, compares and closes them.
  ///
  /// @param one the store that is asked what would be plausible to do next
  /// @throws AssertionError when they differ
  public static void play(
      long seed, int operations, Supplier<StoreFixture> one, Supplier<StoreFixture> other) {
    try (StoreFixture first = one.get();
        StoreFixture second = other.get()) {
      new SameAnswers(seed, first, second).play(operations);
    }
  }

  private void play(int count) {
    Operations operations = new Operations(Seeds.random(seed));
    for (int i = 0; i < count; i++) {
      compare(operations.next(one));
      compareChanges();
      one.passTime(BETWEEN_OPERATIONS);
      other.passTime(BETWEEN_OPERATIONS);
    }
    Operations.inspection().forEach(this::compare);
  }

  private void compare(Operation operation) {
    assertSame(operation.name(), operation.answer(one), operation.answer(other));
  }

  private void compareChanges() {
    Changes fromOne = one.changes().since(onePosition);
    Changes fromOther = other.changes().since(otherPosition);
    onePosition = fromOne.next();
    otherPosition = fromOther.next();
    assertSame("changes", sorted(fromOne), sorted(fromOther));
  }

  private static List<Change> sorted(Changes changes) {
    return changes.changes().stream().sorted(Comparator.comparing(Change::runId)).toList();
  }

  private void assertSame(String operation, Object answerOfOne, Object answerOfOther) {
    played.addLast(operation + "\n    = " + answerOfOne);
    if (played.size() > SHOWN_MAX) {
      played.removeFirst();
    }
    if (!Objects.equals(answerOfOne, answerOfOther)) {
      throw new AssertionError(
          "the stores differ, seed %d, after:%n  %s%nbut the other store: %s"
              .formatted(seed, String.join("\n  ", played), answerOfOther));
    }
  }
}
