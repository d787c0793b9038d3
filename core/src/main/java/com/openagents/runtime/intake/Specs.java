package com.openagents.runtime.intake;

import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.EventLog;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// What runs were asked for, remembered because it never changes. Bounded; a cache only.
final class Specs {

  private static final int REMEMBERED_MAX = 10_000;

  private final Map<RunId, RunSpec> remembered = new ConcurrentHashMap<>();
  private final EventLog log;

  Specs(EventLog log) {
    this.log = log;
  }

  Optional<RunSpec> of(RunId runId) {
    RunSpec known = remembered.get(runId);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<RunSpec> found =
        log.read(runId, 0, 1).stream()
            .map(stored -> EventCodec.decode(stored).event())
            .flatMap(event ->
                event instanceof RunCreated(RunSpec spec, _) ? Stream.of(spec) : Stream.empty())
            .findFirst();
    found.ifPresent(spec -> remember(runId, spec));
    return found;
  }

  void remember(RunId runId, RunSpec spec) {
    if (remembered.size() >= REMEMBERED_MAX) {
      remembered.clear();
    }
    remembered.put(runId, spec);
  }
}
