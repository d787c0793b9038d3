package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.testkit.law.RunEvidence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The frames of one call are in the log in their order, each at the place that its sender was
/// told.
record FramesLaw(Map<FrameId, Long> told, List<List<FrameId>> calls) {

  Optional<String> breach(RunEvidence run) {
    Map<FrameId, Long> places = new HashMap<>();
    for (Envelope envelope : run.log()) {
      if (envelope.event() instanceof FrameAccepted frame) {
        places.put(frame.frameId(), envelope.seq());
      }
    }
    for (List<FrameId> call : calls) {
      List<Long> there = call.stream().map(places::get).filter(Objects::nonNull).toList();
      if (!there.equals(there.stream().sorted().toList())) {
        return Optional.of("%s stand at %s".formatted(call, there));
      }
    }
    return told.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(places.get(entry.getKey())))
        .findFirst()
        .map(entry ->
            "%s was told %d and stands at %s"
                .formatted(entry.getKey(), entry.getValue(), places.get(entry.getKey())));
  }
}
