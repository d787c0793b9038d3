package com.openagents.runtime.app.hostile;

import com.openagents.runtime.app.bench.ProcessMemory;
import com.openagents.runtime.canon.Json;
import java.io.IOException;

/// A service of which nobody asks anything.
///
/// @param reachable bytes of its heap that are still needed
/// @param virtualThreads that are still needed
record Rest(Vitals vitals, long reachable, long virtualThreads) {

  /// What a few idle connections and caches may take more than before.
  private static final long REACHABLE_MORE = 24L << 20;

  private static final int DESCRIPTORS_MORE = 24;
  private static final int THREADS_MORE = 16;

  static Rest of(long pid) throws IOException, InterruptedException {
    ProcessMemory memory = ProcessMemory.of(pid);
    return new Rest(Vitals.of(pid), memory.reachable(), memory.virtualThreads());
  }

  /// Whether nothing is left of what came after the other.
  boolean isLike(Rest before) {
    return vitals.descriptors() <= before.vitals.descriptors() + DESCRIPTORS_MORE
        && vitals.threads() <= before.vitals.threads() + THREADS_MORE
        && virtualThreads <= before.virtualThreads + THREADS_MORE
        && reachable <= before.reachable + REACHABLE_MORE;
  }

  Json.Obj json() {
    return Json.object()
        .put("residentMiB", vitals.resident() >> 20)
        .put("reachableMiB", reachable >> 20)
        .put("descriptors", vitals.descriptors())
        .put("threads", vitals.threads())
        .put("virtualThreads", virtualThreads)
        .build();
  }
}
