package com.openagents.runtime.app.node;

import com.openagents.runtime.engine.AgentRuntime;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.log.ChangeFeed.Change;
import com.openagents.runtime.log.Nodes;
import com.openagents.runtime.log.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A runtime in motion: from [#begin] on it beats, tends, looks and registers at its intervals
/// until it is closed. Thread-safe.
public final class Node implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final Duration SEAL = Duration.ofMillis(500);
  private static final Duration AGE = Duration.ofSeconds(10);
  private static final Duration REGISTER = Duration.ofSeconds(10);
  private static final Duration DRAIN_MAX = Duration.ofSeconds(18);

  /// Those of this node who follow runs.
  public interface Readers {

    /// Hears of every change that any node made.
    void changed(List<Change> changes);

    /// Hears that the store did not answer.
    void doubt();
  }

  private final AgentRuntime runtime;
  private final ExecutorService executions;
  private final NodeTimes times;
  private final Readers readers;
  private final Registration registration;
  private final Runnable sealing;
  private final Runnable ageing;
  private volatile @Nullable Rounds looking;
  private List<Rounds> rounds = List.of();
  private @Nullable Rounds registering;

  /// @param executions runs the tasks of `runtime`; closed with the node
  /// @param readers told of what a look brings
  /// @param sealing one round of sealing ended runs
  /// @param ageing one round of letting old pieces go
  public Node(
      AgentRuntime runtime,
      ExecutorService executions,
      NodeTimes times,
      Readers readers,
      Registration registration,
      Runnable sealing,
      Runnable ageing) {
    this.runtime = runtime;
    this.executions = executions;
    this.times = times;
    this.readers = readers;
    this.registration = registration;
    this.sealing = sealing;
    this.ageing = ageing;
  }

  private void look() {
    try {
      readers.changed(runtime.look());
    } catch (StoreUnavailable e) {
      readers.doubt();
      throw e;
    }
  }

  /// Begins to take runs on. Call once, when nothing else can fail any more.
  public synchronized void begin() {
    Rounds feed = Rounds.every(times.poll(), "feed", this::look);
    looking = feed;
    rounds =
        List.of(
            feed,
            Rounds.every(times.leaseTtl().dividedBy(3), "heartbeat", runtime::beat),
            Rounds.every(times.tend(), "janitor", runtime::tend),
            Rounds.every(SEAL, "sealer", sealing),
            Rounds.every(AGE, "ageing", ageing));
    registering = Rounds.every(REGISTER, "registration", () -> registration.renew(runtime));
  }

  /// Looks at once for what other nodes wrote, instead of at the next interval.
  public void lookSoon() {
    Rounds feed = looking;
    if (feed != null) {
      feed.soon();
    }
  }

  /// @param poll how often to look for what other nodes wrote
  /// @param tend how often to look for runs without an executor
  public record NodeTimes(Duration leaseTtl, Duration poll, Duration tend) {
    private static final Duration TEND_MAX = Duration.ofMillis(500);

    /// How often to look when nobody says: ten times within a lease, and twice a second at least.
    public static Duration usualTend(Duration leaseTtl) {
      Duration tenth = leaseTtl.dividedBy(10);
      return tenth.compareTo(TEND_MAX) < 0 ? tenth : TEND_MAX;
    }
  }

  /// How this node shows itself to people.
  public record Registration(Nodes nodes, NodeId node, String version) {
    void renew(AgentRuntime runtime) {
      nodes.heartbeat(node, version, runtime.executions().size());
    }

    void end() {
      nodes.leave(node);
    }
  }

  /// Takes on nothing more, gives every run back at its next safe point, signs off, then stops.
  /// Returns within 20 seconds; what was not given back by then is found by the janitor of another
  /// node.
  @Override
  public synchronized void close() {
    runtime.drain();
    executions.shutdown();
    try {
      if (!executions.awaitTermination(DRAIN_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("{} runs were not given back in time", runtime.executions().size());
        runtime.abandon();
        executions.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    rounds.forEach(Rounds::close);
    if (registering != null) {
      registering.closeWith(registration::end);
      registering = null;
    }
  }
}
