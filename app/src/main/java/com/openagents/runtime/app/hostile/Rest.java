package com.openagents.runtime.app.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openagents.runtime.app.bench.ProcessMemory;
import com.openagents.runtime.canon.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// A service of which nobody asks anything.
///
/// @param reachable bytes of its heap that are still needed
/// @param virtualThreads that wait for something
record Rest(Vitals vitals, long reachable, long virtualThreads) {

  private static final Pattern VIRTUAL = Pattern.compile("(?m)^#\\d+ \".*\" virtual");

  /// What a few idle connections and caches may take more than before.
  private static final long REACHABLE_MORE = 24L << 20;

  private static final int DESCRIPTORS_MORE = 24;
  private static final int THREADS_MORE = 16;

  static Rest of(long pid, Path folder) throws IOException, InterruptedException {
    return new Rest(Vitals.of(pid), ProcessMemory.of(pid).reachable(), virtualThreads(pid, folder));
  }

  private static long virtualThreads(long pid, Path folder)
      throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Path dump = folder.resolve("threads");
    Process asked =
        new ProcessBuilder(
                jcmd.toString(),
                Long.toString(pid),
                "Thread.dump_to_file",
                "-overwrite",
                dump.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(asked.getInputStream().readAllBytes(), UTF_8);
    if (asked.waitFor() != 0) {
      throw new IOException("jcmd failed: " + said.strip());
    }
    return VIRTUAL.matcher(Files.readString(dump)).results().count();
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
