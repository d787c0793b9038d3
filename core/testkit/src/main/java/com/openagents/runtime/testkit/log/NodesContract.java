package com.openagents.runtime.testkit.log;

import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.OTHER_NODE;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.log.Nodes;
import com.openagents.runtime.log.Nodes.NodeSeen;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the view of the processes that share a store promises.
///
/// Not asserted: the exact times; a view for people needs none.
public abstract class NodesContract extends StoreContract {

  @Test
  void a_node_is_seen_as_it_last_said() {
    nodes().heartbeat(NODE, "1.0", 3);
    nodes().heartbeat(NODE, "1.1", 5);
    assertThat(nodes().list()).hasSize(1);
    NodeSeen seen = nodes().list().getFirst();
    assertThat(seen.node()).isEqualTo(NODE);
    assertThat(seen.version()).isEqualTo("1.1");
    assertThat(seen.executing()).isEqualTo(5);
  }

  @Test
  void a_node_keeps_the_time_of_its_first_heartbeat() {
    nodes().heartbeat(NODE, "1.0", 0);
    store().passTime(Duration.ofHours(2));
    nodes().heartbeat(NODE, "1.0", 0);
    NodeSeen seen = nodes().list().getFirst();
    assertThat(Duration.between(seen.startedAt(), seen.seenAt()))
        .isBetween(Duration.ofHours(2), Duration.ofMinutes(121));
  }

  @Test
  void lists_the_latest_first() {
    nodes().heartbeat(NODE, "1.0", 0);
    store().passTime(Duration.ofMinutes(1));
    nodes().heartbeat(OTHER_NODE, "1.0", 0);
    assertThat(ids()).containsExactly(OTHER_NODE, NODE);
    store().passTime(Duration.ofMinutes(1));
    nodes().heartbeat(NODE, "1.0", 0);
    assertThat(ids()).containsExactly(NODE, OTHER_NODE);
  }

  @Test
  void lists_who_was_seen_within_a_day() {
    nodes().heartbeat(NODE, "1.0", 0);
    store().passTime(Duration.ofHours(23));
    nodes().heartbeat(OTHER_NODE, "1.0", 0);
    assertThat(ids()).containsExactly(OTHER_NODE, NODE);
    store().passTime(Duration.ofHours(2));
    assertThat(ids()).containsExactly(OTHER_NODE);
  }

  @Test
  void a_node_that_left_is_not_listed() {
    nodes().leave(NODE);
    nodes().heartbeat(NODE, "1.0", 0);
    nodes().heartbeat(OTHER_NODE, "1.0", 0);
    nodes().leave(NODE);
    assertThat(ids()).containsExactly(OTHER_NODE);
    nodes().heartbeat(NODE, "1.0", 0);
    assertThat(ids()).containsExactlyInAnyOrder(NODE, OTHER_NODE);
  }

  private Nodes nodes() {
    return store().nodes();
  }

  private List<NodeId> ids() {
    return nodes().list().stream().map(NodeSeen::node).toList();
  }
}
