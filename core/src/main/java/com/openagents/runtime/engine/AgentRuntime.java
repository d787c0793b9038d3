package com.openagents.runtime.engine;

import com.openagents.runtime.execution.Claims;
import com.openagents.runtime.execution.Effect;
import com.openagents.runtime.execution.Execution;
import com.openagents.runtime.execution.ExecutionPorts;
import com.openagents.runtime.execution.Heartbeat;
import com.openagents.runtime.execution.Janitor;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.ChangeFeed.Change;
import com.openagents.runtime.log.StoreUnavailable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node: it takes on runs that are due and carries them out, each in a task of its own.
///
/// It has no thread and no clock of its own. Whoever embeds it calls [#beat], [#tend] and [#look]
/// again and again, at the intervals named there; calls may overlap. Thread-safe.
public final class AgentRuntime {

  private static final Logger LOG = LoggerFactory.getLogger(AgentRuntime.class);

  private final EnginePorts ports;
  private final Claims claims;
  private final Heartbeat heartbeat;
  private final Janitor janitor;
  private final Map<RunId, Underway> processes = new ConcurrentHashMap<>();
  private volatile ChangeFeed.Position position;
  private final AtomicInteger tasks = new AtomicInteger();
  private volatile boolean draining;

  public AgentRuntime(EnginePorts ports) {
    this.ports = ports;
    ExecutionPorts execution = ports.execution();
    this.claims = new Claims(execution, ports.index());
    this.heartbeat =
        new Heartbeat(
            ports.heartbeatLog(),
            execution.clock(),
            execution.settings().leaseTtl(),
            execution.settings().limits().turnDeadline());
    this.janitor = new Janitor(execution.log(), ports.index(), execution.settings().limits());
    this.position = ports.feed().now();
  }

  /// Renews the leases of all executions. Call every third of the lease's time.
  ///
  /// @throws StoreUnavailable when the store does not answer; leases then run out in time
  public void beat() {
    heartbeat.renew(executions());
  }

  /// Recovers runs whose executor fell silent, anywhere, and takes on what is due.
  ///
  /// Call every tenth of the lease's time, at least twice a second.
  ///
  /// @throws StoreUnavailable when the store does not answer
  public void tend() {
    janitor.sweep();
    int room = ports.executingMax() - tasks.get();
    if (room > 0 && !draining) {
      claims.due(room).forEach(execution -> hand(() -> carryOut(execution)));
    }
  }

  /// Learns what any node wrote since the last look, and tells the executions of this one.
  ///
  /// Call at the interval that a reader on another node may lag behind.
  ///
  /// @return the changes, for other readers of the node
  /// @throws StoreUnavailable when the store does not answer
  public synchronized List<Change> look() {
    ChangeFeed.Changes seen = ports.feed().since(position);
    position = seen.next();
    for (Change change : seen.changes()) {
      Underway process = processes.get(change.runId());
      if (process != null) {
        process.execution().nudge(change.lastSeq());
      }
    }
    return seen.changes();
  }

  /// Hears of this node's own writes, see [Bell].
  public void rung(RunId runId, long lastSeq, boolean due) {
    Underway process = processes.get(runId);
    if (process != null) {
      process.execution().nudge(lastSeq);
    }
    boolean wanted = due && (process == null || !process.heeds(lastSeq));
    if (wanted && !draining && tasks.get() < ports.executingMax()) {
      hand(() -> claim(runId).ifPresent(this::carryOut));
    }
  }

  /// Takes on nothing more and gives back what is being carried out at the next safe point.
  public void drain() {
    draining = true;
    executions().forEach(Execution::drain);
  }

  /// What this node carries out now.
  public List<Execution> executions() {
    return processes.values().stream().map(Underway::execution).toList();
  }

  /// A task that is refused is none: the run stays due, or its lease runs out.
  private void hand(Runnable task) {
    tasks.incrementAndGet();
    try {
      ports
          .executor()
          .execute(() -> {
            try {
              task.run();
            } finally {
              tasks.decrementAndGet();
            }
          });
    } catch (RejectedExecutionException e) {
      tasks.decrementAndGet();
      LOG.debug("the node takes on nothing more", e);
    }
  }

  private Optional<Execution> claim(RunId runId) {
    try {
      return claims.claim(runId);
    } catch (StoreUnavailable e) {
      LOG.warn("could not take on {}; the next round will: {}", runId, e.getMessage());
      return Optional.empty();
    }
  }

  /// Carries a run out, again and again while something makes it due on the way out.
  private void carryOut(Execution first) {
    Optional<Execution> next = Optional.of(first);
    while (next.isPresent()) {
      boolean again = carryOutOnce(next.get());
      next = again && !draining ? claim(first.runId()) : Optional.empty();
    }
  }

  private boolean carryOutOnce(Execution execution) {
    Underway process = new Underway(execution);
    Underway before = processes.put(execution.runId(), process);
    if (before != null) {
      before.execution().lose();
    }
    if (draining) {
      execution.drain();
    }
    try {
      if (process.runToTheEnd(ports.pause()) == Effect.Why.UNREADABLE) {
        claims.avoid(execution.runId());
      }
    } finally {
      processes.remove(execution.runId(), process);
    }
    return process.end();
  }
}
