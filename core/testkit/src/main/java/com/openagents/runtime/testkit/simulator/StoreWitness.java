package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkStreams;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import org.jspecify.annotations.Nullable;

/// Stands in front of a store of documents and sees that nobody writes who has lost the lease.
record StoreWitness(InMemoryStore honest, ProjectionParts parts) {

  ProjectionStore store() {
    return PortProxy.of(
        ProjectionStore.class, parts.store(), (_, arguments, call) -> seen(arguments, call));
  }

  KnownSinks known() {
    return PortProxy.of(
        KnownSinks.class, parts.known(), (_, arguments, call) -> seen(arguments, call));
  }

  SinkBook book() {
    return PortProxy.of(
        SinkBook.class, parts.book(), (_, arguments, call) -> seen(arguments, call));
  }

  SinkStreams streams() {
    return PortProxy.of(
        SinkStreams.class, parts.streams(), (_, arguments, call) -> seen(arguments, call));
  }

  private @Nullable Object seen(Object[] arguments, PortProxy.Honest call) {
    Object answer = call.call(arguments);
    if (arguments.length > 0 && arguments[0] instanceof Long epoch) {
      long now = honest.writers().current().map(WriterLease::epoch).orElse(0L);
      if (epoch != now) {
        throw new Defect(
            ProjectionLaws.FENCED,
            "a write of epoch %d was taken in epoch %d".formatted(epoch, now),
            null);
      }
    }
    return answer;
  }
}
