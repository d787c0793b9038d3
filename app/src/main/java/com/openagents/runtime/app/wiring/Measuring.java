package com.openagents.runtime.app.wiring;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.engine.AgentRuntime;
import com.openagents.runtime.execution.Execution;
import com.openagents.runtime.execution.Vitals;
import com.openagents.runtime.intake.Load;
import com.openagents.runtime.intake.LoadLimits;
import com.openagents.runtime.log.RunHead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where each part of the node's load is measured.
final class Measuring {

  private static final int DUE_MAX = 100;

  private Measuring() {}

  static Load load(Store store, AgentRuntime runtime, AgentPrograms programs) {
    List<Execution> executions = runtime.executions();
    return new Load(
        executions.size(),
        queued(executions.stream().flatMap(execution -> execution.vitals().stream())),
        store.poolWait(),
        store.appendLatency(),
        mailboxAge(store.index().due(DUE_MAX), programs));
  }

  static long queued(Stream<Vitals> executions) {
    return executions.mapToLong(Vitals::queuedFrames).sum();
  }

  /// A run whose program no node has here is for others, however old it is.
  ///
  /// @param due the longest due first
  static Duration mailboxAge(List<RunHead> due, AgentPrograms programs) {
    return due.stream()
        .filter(head -> programs.continuing(head.agent()).isPresent())
        .flatMap(head -> waited(head).stream())
        .findFirst()
        .orElse(Duration.ZERO);
  }

  private static Optional<Duration> waited(RunHead head) {
    Instant since = head.wakeAt();
    return Optional.ofNullable(since).map(time -> Duration.between(time, head.readAt()));
  }

  static LoadLimits limits(Settings settings) {
    return new LoadLimits(
        Math.toIntExact(settings.get(Catalog.MAX_EXECUTING)),
        settings.get(Catalog.MAX_QUEUED),
        settings.get(Catalog.OVERLOAD_POOL_WAIT),
        settings.get(Catalog.OVERLOAD_APPEND),
        settings.get(Catalog.OVERLOAD_MAILBOX_AGE));
  }
}
