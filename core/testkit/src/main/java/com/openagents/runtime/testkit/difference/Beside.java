package com.openagents.runtime.testkit.difference;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Checkpoints.Checkpoint;
import com.openagents.runtime.log.Seals.Seal;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.StoreFixture;
import com.openagents.runtime.testkit.generate.Values;
import java.util.List;
import java.util.random.RandomGenerator;

/// Random operations on what stands beside the logs: checkpoints, seals, and the list of nodes.
final class Beside {

  private static final List<NodeId> NODES = List.of(Drafts.NODE, Drafts.OTHER_NODE);

  private final Values some;

  Beside(RandomGenerator random) {
    some = new Values(random);
  }

  /// @param known the store that is asked whether there is such a run; only then is something kept
  ///   of it
  Operation any(StoreFixture known, RunId runId) {
    return switch (known.log().head(runId).isPresent() ? some.below(4) : 3) {
      case 0 -> checkpoint(runId);
      case 1 -> seal(runId);
      case 2 -> leave(some.oneOf(NODES));
      default -> heartbeat(some.oneOf(NODES));
    };
  }

  Operation look(RunId runId) {
    return some.oneOf(looks(runId));
  }

  static List<Operation> looks(RunId runId) {
    return List.of(
        new Operation("checkpoint of " + runId, store -> store.checkpoints().latest(runId)),
        new Operation("seal of " + runId, store -> store.seals().find(runId)),
        new Operation("keys of seals", store -> store.seals().keys()),
        new Operation(
            "nodes",
            store ->
                store.nodes().list().stream()
                    .map(node -> node.node() + " " + node.version() + " " + node.executing())
                    .sorted()
                    .toList()));
  }

  private Operation checkpoint(RunId runId) {
    String state = "{\"n\":" + some.below(100) + "}";
    Checkpoint saved =
        new Checkpoint(1 + some.below(5), 1 + some.below(2), Digest.ofText(state), state);
    return new Operation(
        "save for %s %s".formatted(runId, saved),
        store -> {
          store.checkpoints().save(runId, saved);
          return store.checkpoints().latest(runId);
        });
  }

  private Operation seal(RunId runId) {
    int through = 1 + some.below(5);
    Seal seal =
        new Seal(
            through,
            through,
            some.digest(),
            "key-" + some.below(3),
            some.digest().hex(),
            some.time());
    return new Operation(
        "seal %s with %s".formatted(runId, seal),
        store -> {
          store.seals().save(runId, seal);
          return store.seals().find(runId);
        });
  }

  private Operation heartbeat(NodeId node) {
    int executing = some.below(9);
    return new Operation(
        "heartbeat of %s with %d".formatted(node, executing),
        store -> {
          store.nodes().heartbeat(node, "1.0", executing);
          return "seen";
        });
  }

  private Operation leave(NodeId node) {
    return new Operation(
        node + " leaves",
        store -> {
          store.nodes().leave(node);
          return "gone";
        });
  }
}
