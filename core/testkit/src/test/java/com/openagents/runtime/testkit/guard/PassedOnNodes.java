package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.log.Nodes;
import java.util.List;

/// Honest but for what a plant overrides.
class PassedOnNodes implements Nodes {

  final Nodes honest;

  PassedOnNodes(Nodes honest) {
    this.honest = honest;
  }

  @Override
  public void heartbeat(NodeId node, String version, int executing) {
    honest.heartbeat(node, version, executing);
  }

  @Override
  public void leave(NodeId node) {
    honest.leave(node);
  }

  @Override
  public List<NodeSeen> list() {
    return honest.list();
  }
}
