package com.openagents.runtime.benchmarks.peers;

import com.openagents.runtime.app.bench.Load;
import com.openagents.runtime.app.bench.Window;
import com.openagents.runtime.benchmarks.http.KeptConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Callers of one peer, each with a connection that it keeps. For one thread.
final class Callers implements AutoCloseable {

  private final Peer peer;
  private final List<KeptConnection> connections = new ArrayList<>();

  Callers(Peer peer) {
    this.peer = peer;
  }

  Peer peer() {
    return peer;
  }

  /// So many callers at once, each having one run done after the other.
  Window run(int callers, int steps, Duration time) throws InterruptedException {
    while (connections.size() < callers) {
      connections.add(new KeptConnection(peer.address()));
    }
    return Load.run(callers, time, number -> () -> peer.run(connections.get(number), steps));
  }

  @Override
  public void close() {
    connections.forEach(KeptConnection::close);
    peer.close();
  }
}
