package com.openagents.runtime.execution;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Takes the leases of runs that need an executor. Thread-safe.
public final class Claims {

  private static final int WIDER = 8;
  private static final int LOOK_MAX = 1_000;

  private static final int AVOIDED_MAX = 10_000;

  private final ExecutionPorts ports;
  private final StoreTime time;
  private final RunIndex index;
  private final Set<RunId> avoided = ConcurrentHashMap.newKeySet();

  public Claims(ExecutionPorts ports, StoreTime time, RunIndex index) {
    this.ports = ports;
    this.time = time;
    this.index = index;
  }

  /// Leaves a run to nodes that understand its log; this one would only take it again and again.
  public void avoid(RunId runId) {
    if (avoided.size() >= AVOIDED_MAX) {
      avoided.clear();
    }
    avoided.add(runId);
  }

  /// Takes up to `capacity` runs that are due and whose program this node has.
  ///
  /// @throws com.openagents.runtime.log.StoreUnavailable when the store does not answer
  public List<Execution> due(int capacity) {
    List<RunId> wanted = wanted(capacity);
    if (wanted.isEmpty()) {
      return List.of();
    }
    Instant asked = ports.clock().instant();
    List<Appended> outcomes =
        ports.log().append(wanted.stream().map(this::acquisitionInPassing).toList());
    List<Execution> taken = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      execution(wanted.get(i), asked, outcomes.get(i)).ifPresent(taken::add);
    }
    return taken;
  }

  /// Looks past the runs that are for other nodes, so that many of them hide none that is for this
  /// one.
  private List<RunId> wanted(int capacity) {
    for (int limit = capacity; ; limit *= WIDER) {
      List<RunHead> due = index.due(limit);
      List<RunId> wanted =
          due.stream()
              .filter(head -> ports.programs().continuing(head.agent()).isPresent())
              .map(RunHead::runId)
              .filter(runId -> !avoided.contains(runId))
              .limit(capacity)
              .toList();
      if (wanted.size() == capacity || due.size() < limit || limit > LOOK_MAX) {
        return wanted;
      }
    }
  }

  /// Takes one run that is known to be due; empty when another node was faster or it has ended.
  ///
  /// @throws com.openagents.runtime.log.StoreUnavailable when the store does not answer
  public Optional<Execution> claim(RunId runId) {
    Instant asked = ports.clock().instant();
    return avoided.contains(runId)
        ? Optional.empty()
        : execution(runId, asked, ports.log().append(acquisition(runId, Precondition.OPEN)));
  }

  /// Of many due runs one that is held is left for the next look.
  private Append acquisitionInPassing(RunId runId) {
    return acquisition(runId, Precondition.OPEN.whenUncontended());
  }

  private Append acquisition(RunId runId, Precondition precondition) {
    return Append.of(runId, precondition, List.of())
        .with(new LeaseChange.Acquire(ports.settings().node(), ports.settings().leaseTtl()));
  }

  private Optional<Execution> execution(RunId runId, Instant asked, Appended outcome) {
    if (outcome instanceof Appended.Written acquired) {
      time.heard(asked, acquired.at());
      return Optional.of(new Execution(ports, time, runId, acquired));
    }
    return Optional.empty();
  }
}
