package com.openagents.runtime.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Newcomers and those who have caught up are read for at the same time.
@Tag("G6")
class LaneTurnsTest {

  private final Tail tail = new Tail();

  @Test
  void each_lane_begins_by_turns_at_its_foremost_and_its_last() {
    for (Lane lane : Lane.values()) {
      add(lane, 5);
      add(lane, 100);
      assertThat(tail.begin(lane)).isTrue();
    }
    List<Long> newcomers = new ArrayList<>();
    List<Long> live = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      newcomers.add(begin(Lane.NEW));
      live.add(begin(Lane.LIVE));
    }
    assertThat(newcomers).containsExactly(100L, 5L, 100L, 5L);
    assertThat(live).containsExactly(100L, 5L, 100L, 5L);
  }

  private void add(Lane lane, long position) {
    Subscriber subscriber = new Subscriber(new Reader(), position);
    subscriber.lane = lane;
    tail.add(subscriber);
  }

  private long begin(Lane lane) {
    return Objects.requireNonNull(tail.next(lane, 10)).after();
  }
}
