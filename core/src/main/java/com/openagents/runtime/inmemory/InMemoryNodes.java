package com.openagents.runtime.inmemory;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.log.Nodes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The nodes that were heard of. Thread-safe.
final class InMemoryNodes implements Nodes {

  private static final Duration SHOWN_FOR = Duration.ofDays(1);

  private final InstantSource clock;
  private final Map<NodeId, NodeSeen> seen = new ConcurrentHashMap<>();

  InMemoryNodes(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void heartbeat(NodeId node, String version, int executing) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    seen.merge(
        node,
        new NodeSeen(node, version, executing, now, now),
        (before, latest) ->
            new NodeSeen(
                node, latest.version(), latest.executing(), before.startedAt(), latest.seenAt()));
  }

  @Override
  public void leave(NodeId node) {
    seen.remove(node);
  }

  @Override
  public List<NodeSeen> list() {
    Instant oldest = clock.instant().minus(SHOWN_FOR);
    return seen.values().stream()
        .filter(node -> !node.seenAt().isBefore(oldest))
        .sorted(Comparator.comparing(NodeSeen::seenAt).reversed())
        .toList();
  }
}
