package com.openagents.runtime.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.NodeId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilenceTest {

  private static final List<NodeId> ONE = List.of(new NodeId("node-9"));

  private final Deque<List<NodeId>> looks = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();
  private final Silence silence = new Silence(looks::removeFirst, told::add);

  @Test
  void where_no_node_is_alive_nothing_is_waited_for() {
    looks.add(List.of());
    assertThat(silence.comesWithin(Duration.ofMinutes(1))).isTrue();
    assertThat(told).isEmpty();
  }

  @Test
  void a_node_that_ends_is_waited_for() {
    looks.addAll(List.of(ONE, ONE, List.of()));
    assertThat(silence.comesWithin(Duration.ofMinutes(1))).isTrue();
    assertThat(told)
        .containsExactly(
            "seen within the last minute: node-9; waiting up to 60 seconds for them to end");
  }

  @Test
  void a_node_that_goes_on_is_named() {
    looks.addAll(List.of(ONE, ONE));
    assertThat(silence.comesWithin(Duration.ofMillis(1))).isFalse();
    assertThat(told.getLast()).contains("still seen: node-9").contains("--while-nodes-run");
  }
}
