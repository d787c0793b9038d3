package com.openagents.runtime.app.hostile;

import com.openagents.runtime.canon.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the system tells of a process at a moment. Needs Linux.
///
/// @param resident bytes of memory that it occupies
/// @param descriptors files and sockets that it has open
/// @param threads of the system
record Vitals(long resident, long descriptors, long threads) {

  static final Vitals NONE = new Vitals(0, 0, 0);

  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
  private static final Pattern THREADS = Pattern.compile("(?m)^Threads:\\s+(\\d+)");

  static Vitals of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    String status = Files.readString(process.resolve("status"));
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      return new Vitals(
          number(RESIDENT, status) * 1024, descriptors.count(), number(THREADS, status));
    }
  }

  private static long number(Pattern pattern, String text) throws IOException {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IOException("the process has ended");
    }
    return Long.parseLong(found.group(1));
  }

  /// The greatest of each.
  Vitals atMost(Vitals other) {
    return new Vitals(
        Math.max(resident, other.resident),
        Math.max(descriptors, other.descriptors),
        Math.max(threads, other.threads));
  }

  Json.Obj json() {
    return Json.object()
        .put("residentMiB", resident >> 20)
        .put("descriptors", descriptors)
        .put("threads", threads)
        .build();
  }
}
