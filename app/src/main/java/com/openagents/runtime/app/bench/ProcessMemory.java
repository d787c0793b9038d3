package com.openagents.runtime.app.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a process of a Java virtual machine takes after its garbage was collected. Needs Linux.
///
/// @param resident bytes of memory that the process occupies
/// @param reachable bytes of its heap that hold something still needed
/// @param virtualThreads that are still needed
public record ProcessMemory(long resident, long reachable, long virtualThreads) {

  private static final Pattern RESIDENT = Pattern.compile("(?m)^Rss:\\s+(\\d+) kB");
  private static final Pattern VIRTUAL =
      Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+java\\.lang\\.VirtualThread\\b(?!\\$)");
  private static final Pattern REACHABLE = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  public static ProcessMemory of(long pid) throws IOException, InterruptedException {
    String process = Long.toString(pid);
    String histogram = histogram(process);
    Matcher virtual = VIRTUAL.matcher(histogram);
    String resident = Files.readString(Path.of("/proc", process, "smaps_rollup"));
    return new ProcessMemory(
        number(RESIDENT, resident) * 1024,
        number(REACHABLE, histogram),
        virtual.find() ? Long.parseLong(virtual.group(1)) : 0);
  }

  private static long number(Pattern pattern, String text) throws IOException {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IOException("the system does not tell how much memory is in use");
    }
    return Long.parseLong(found.group(1));
  }

  private static String histogram(String process) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process asked =
        new ProcessBuilder(jcmd.toString(), process, "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String said = new String(asked.getInputStream().readAllBytes(), UTF_8);
    if (asked.waitFor() != 0) {
      throw new IOException("jcmd failed: " + said.strip());
    }
    return said;
  }
}
