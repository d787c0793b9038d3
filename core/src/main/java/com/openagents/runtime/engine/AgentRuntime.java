package com.openagents.runtime.engine;

import com.openagents.runtime.execution.Claims;
import com.openagents.runtime.execution.Effect;
import com.openagents.runtime.execution.Execution;
import com.openagents.runtime.execution.ExecutionPorts;
import com.openagents.runtime.execution.Heartbeat;
import com.openagents.runtime.execution.Janitor;
import com.openagents.runtime.execution.Opening;
import com.openagents.runtime.execution.Openings;
import com.openagents.runtime.execution.StoreTime;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.intake.Starter;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.ChangeFeed.Change;
import com.openagents.runtime.log.StoreUnavailable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node: it takes on runs that are due and carries them out, each in a task of its own.
///
/// It has no thread and no clock of its own. Whoever embeds it calls [#beat], [#tend] and [#look]
/// again and again, at the intervals named there; calls may overlap. Thread-safe.
public final class AgentRuntime implements Starter {

  private static final Logger LOG = LoggerFactory.getLogger(AgentRuntime.class);

  private final EnginePorts ports;
  private final StoreTime time;
  private final Claims claims;
  private final Openings openings;
  private final Heartbeat heartbeat;
  private final Janitor janitor;
  private final Map<RunId, Underway> processes = new ConcurrentHashMap<>();

  /// Those that do not hold a lease yet, or are not on their task yet.
  private final Map<RunId, Execution> opened = new ConcurrentHashMap<>();

  private volatile ChangeFeed.Position position;
  private final AtomicInteger tasks = new AtomicInteger();
  private volatile boolean draining;

  public AgentRuntime(EnginePorts ports) {
    this.ports = ports;
    ExecutionPorts execution = ports.execution();
    this.time = new StoreTime(execution.clock());
    this.claims = new Claims(execution, time, ports.index());
    this.openings = new Openings(execution, time);
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
    int room = room();
    if (room > 0) {
      claims
          .due(room)
          .forEach(execution -> {
            tasks.incrementAndGet();
            if (!run(() -> carryOut(execution))) {
              execution.giveBack();
            }
          });
    }
  }

  private int room() {
    return draining ? 0 : ports.executingMax() - tasks.get();
  }

  /// Starts a run and, if there is room, begins with it in the same write.
  ///
  /// A start whose answer is lost leaves a lease that nobody uses; it runs out like one of a
  /// process that died.
  @Override
  public Appended start(Append creation, Function<Append, Appended> write) {
    Optional<Opening> opening = reserve() ? prepared(creation) : Optional.empty();
    return opening.isPresent() ? begin(creation, opening.get(), write) : write.apply(creation);
  }

  /// Gives the place back when there is nothing to begin with.
  private Optional<Opening> prepared(Append creation) {
    Optional<Opening> opening = Optional.empty();
    try {
      opening = ports.timebox().within(() -> openings.of(creation));
    } finally {
      if (opening.isEmpty()) {
        tasks.decrementAndGet();
      }
    }
    return opening;
  }

  /// Hears from before the write of what may follow it, since nothing reads the log after it.
  private Appended begin(Append creation, Opening opening, Function<Append, Appended> write) {
    Execution execution = opening.execution();
    Append start = opening.write();
    if (opened.putIfAbsent(start.runId(), execution) != null) {
      tasks.decrementAndGet();
      return write.apply(creation);
    }
    boolean goesOn = false;
    try {
      Appended outcome = write.apply(start);
      if (outcome instanceof Appended.Written written) {
        execution.begun(start, written.at());
        goesOn = start.lease() instanceof LeaseChange.Acquire;
      }
      return outcome;
    } finally {
      if (!goesOn) {
        tasks.decrementAndGet();
        opened.remove(start.runId(), execution);
      } else if (!run(() -> carryOut(execution))) {
        opened.remove(start.runId(), execution);
        execution.giveBack();
      }
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
      nudge(change.runId(), change.lastSeq());
    }
    return seen.changes();
  }

  /// Hears of this node's own writes, see [Bell].
  public void rung(RunId runId, long lastSeq, boolean due) {
    Underway process = nudge(runId, lastSeq);
    boolean wanted = due && (process == null || !process.heeds(lastSeq));
    if (wanted && reserve()) {
      run(() -> claim(runId).ifPresent(this::carryOut));
    }
  }

  private @Nullable Underway nudge(RunId runId, long lastSeq) {
    Execution beginning = opened.get(runId);
    if (beginning != null) {
      beginning.nudge(lastSeq);
    }
    Underway process = processes.get(runId);
    if (process != null) {
      process.execution().nudge(lastSeq);
    }
    return process;
  }

  /// Takes on nothing more and gives back what is being carried out at the next safe point.
  public void drain() {
    draining = true;
    executions().forEach(Execution::drain);
  }

  /// Stops what is being carried out before its next effect; its leases run out in time.
  public void abandon() {
    executions().forEach(Execution::lose);
  }

  /// What this node carries out now.
  public List<Execution> executions() {
    return processes.values().stream().map(Underway::execution).toList();
  }

  /// Takes a place for a task, unless the node is full or takes on nothing more.
  private boolean reserve() {
    if (draining) {
      return false;
    }
    boolean room = tasks.incrementAndGet() <= ports.executingMax();
    if (!room) {
      tasks.decrementAndGet();
    }
    return room;
  }

  /// Runs a task in its place, and gives the place back.
  ///
  /// @return false when the task is refused: its run stays due, or its lease runs out
  private boolean run(Runnable task) {
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
      return true;
    } catch (RejectedExecutionException e) {
      tasks.decrementAndGet();
      LOG.debug("the node takes on nothing more", e);
      return false;
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
    opened.remove(execution.runId(), execution);
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
