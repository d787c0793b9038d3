package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.log.Nodes;
import com.openagents.runtime.log.Nodes.NodeSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Bugs of the view of nodes.
final class NodePlants {

  private NodePlants() {}

  static List<Plant> all() {
    return Stream.of(seen(), listed(), leaving()).flatMap(List::stream).toList();
  }

  private static List<Plant> seen() {
    return List.of(
        listed(
            "every heartbeat begins a node's life",
            "a_node_keeps_the_time_of_its_first_heartbeat",
            seen -> seen.stream().map(NodePlants::newborn).toList()),
        listed(
            "nobody is told what a node executes",
            "a_node_is_seen_as_it_last_said",
            seen ->
                seen.stream()
                    .map(n -> new NodeSeen(n.node(), n.version(), 0, n.startedAt(), n.seenAt()))
                    .toList()),
        plant(
            "a node keeps the version of its first heartbeat",
            "a_node_is_seen_as_it_last_said",
            FirstVersion::new));
  }

  private static NodeSeen newborn(NodeSeen seen) {
    Instant at = seen.seenAt();
    return new NodeSeen(seen.node(), seen.version(), seen.executing(), at, at);
  }

  private static List<Plant> listed() {
    return List.of(
        listed("nodes are listed oldest first", "lists_the_latest_first", List::reversed),
        listed(
            "nodes are listed by when they started",
            "lists_the_latest_first",
            seen ->
                seen.stream()
                    .sorted(Comparator.comparing(NodeSeen::startedAt).reversed())
                    .toList()),
        plant(
            "a node that is gone stays on the list",
            "lists_who_was_seen_within_a_day",
            honest -> {
              Map<NodeId, NodeSeen> ever = new LinkedHashMap<>();
              return listing(
                  honest,
                  seen -> {
                    seen.forEach(node -> ever.put(node.node(), node));
                    return List.copyOf(ever.values());
                  });
            }),
        new Plant(
            "a node that was silent for an hour is gone",
            SideSuites.NodeViews.class,
            "lists_who_was_seen_within_a_day",
            planted ->
                planted.nodes =
                    listing(
                        planted.nodes,
                        seen ->
                            seen.stream()
                                .filter(n ->
                                    n.seenAt().isAfter(planted.now().minus(Duration.ofHours(1))))
                                .toList())));
  }

  private static List<Plant> leaving() {
    return List.of(
        plant(
            "a node that leaves takes every other along",
            "a_node_that_left_is_not_listed",
            honest ->
                new PassedOnNodes(honest) {
                  @Override
                  public void leave(NodeId node) {
                    list().forEach(seen -> honest.leave(seen.node()));
                  }
                }),
        plant("a node that left never comes back", "a_node_that_left_is_not_listed", NoReturn::new),
        plant(
            "a node that is not there cannot leave",
            "a_node_that_left_is_not_listed",
            honest ->
                new PassedOnNodes(honest) {
                  @Override
                  public void leave(NodeId node) {
                    if (list().stream().noneMatch(seen -> seen.node().equals(node))) {
                      throw new IllegalStateException("no row was deleted");
                    }
                    honest.leave(node);
                  }
                }));
  }

  private static Plant plant(String bug, String caughtBy, UnaryOperator<Nodes> spoiled) {
    return new Plant(
        bug,
        SideSuites.NodeViews.class,
        caughtBy,
        planted -> planted.nodes = spoiled.apply(planted.nodes));
  }

  private static Plant listed(String bug, String caughtBy, UnaryOperator<List<NodeSeen>> listed) {
    return plant(bug, caughtBy, honest -> listing(honest, listed));
  }

  private static Nodes listing(Nodes honest, UnaryOperator<List<NodeSeen>> listed) {
    return new PassedOnNodes(honest) {
      @Override
      public List<NodeSeen> list() {
        return listed.apply(honest.list());
      }
    };
  }

  private static final class FirstVersion extends PassedOnNodes {
    private final Map<NodeId, String> versions = new HashMap<>();

    FirstVersion(Nodes honest) {
      super(honest);
    }

    @Override
    public void heartbeat(NodeId node, String version, int executing) {
      honest.heartbeat(node, versions.computeIfAbsent(node, _ -> version), executing);
    }
  }

  private static final class NoReturn extends PassedOnNodes {
    private final Set<NodeId> left = new HashSet<>();

    NoReturn(Nodes honest) {
      super(honest);
    }

    @Override
    public void heartbeat(NodeId node, String version, int executing) {
      if (!left.contains(node)) {
        honest.heartbeat(node, version, executing);
      }
    }

    @Override
    public void leave(NodeId node) {
      if (list().stream().anyMatch(seen -> seen.node().equals(node))) {
        left.add(node);
      }
      honest.leave(node);
    }
  }
}
