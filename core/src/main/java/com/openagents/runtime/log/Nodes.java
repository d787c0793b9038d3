package com.openagents.runtime.log;

import com.openagents.runtime.identity.NodeId;
import java.time.Instant;
import java.util.List;

/// Which processes share the store: a view for people, never a condition of correctness.
///
/// Thread-safe; may throw [StoreUnavailable].
public interface Nodes {

  void heartbeat(NodeId node, String version, int executing);

  /// Takes a node that ends in order off the list; nothing happens when it is not there.
  void leave(NodeId node);

  /// Nodes seen within the last day that did not leave, latest first.
  List<NodeSeen> list();

  record NodeSeen(NodeId node, String version, int executing, Instant startedAt, Instant seenAt) {}
}
