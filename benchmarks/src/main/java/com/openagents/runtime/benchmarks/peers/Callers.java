package com.openagents.runtime.benchmarks.peers;

import com.openagents.runtime.app.bench.Load;
import com.openagents.runtime.app.bench.Window;
import com.openagents.runtime.benchmarks.http.KeptConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Callers of one peer.
final class Callers implements AutoCloseable {

  private final Peer peer;

  Callers(Peer peer) {
    this.peer = peer;
  }

  Peer peer() {
    return peer;
  }

  /// So many callers at once, each having one run done after the other on a connection that it
  /// keeps. The connections are new: while the others were measured, old ones would have idled
  /// longer than a server lets them.
  Window run(int callers, int steps, Duration time) throws InterruptedException {
    List<KeptConnection> connections = new ArrayList<>();
    try {
      while (connections.size() < callers) {
        connections.add(new KeptConnection(peer.address()));
      }
      return Load.run(callers, time, number -> () -> peer.run(connections.get(number), steps));
    } finally {
      connections.forEach(KeptConnection::close);
    }
  }

  @Override
  public void close() {
    peer.close();
  }
}
