package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The memory of a service process whose streams have nothing to say.
///
/// Streams are only ever added, because memory that was freed is not given back. For the same
/// reason they are opened a few at a time, for those that wait to be opened take memory of their
/// own; and other calls come before the first look, so that pages that any call would fill for the
/// first time do not count as those of the streams. Needs Linux.
final class IdleBench implements AutoCloseable {

  private static final Pattern OPEN_FILES =
      Pattern.compile("(?m)^Max open files\\s+\\S+\\s+(\\d+)");
  private static final int WARM_UP = 200;
  private static final int AT_ONCE = 200;
  private static final int WARM_UP_CALLS = 4_000;

  private final ServiceProcess service;
  private final List<RunId> runs;
  private final List<Readers> readers = new ArrayList<>();
  private int opened;

  /// @param streamsMax how many streams there will be at most
  /// @param runsMax over how many runs they are spread
  /// @param heap the service's greatest heap, such as `512m`
  IdleBench(BenchDatabase database, Path folder, int streamsMax, int runsMax, String heap)
      throws IOException, InterruptedException {
    try (Library library = Library.open(database.url(), 1)) {
      List<RunId> all = HeldRuns.create(library.log(), Math.min(runsMax, streamsMax)).all();
      runs =
          IntStream.range(0, WARM_UP + streamsMax).mapToObj(i -> all.get(i % all.size())).toList();
    }
    service =
        ServiceProcess.start(
            List.of("-Xmx" + heap, "-XX:+UseSerialGC"),
            Map.of(
                "DATABASE_URL",
                database.text(),
                "OA_DATA_DIR",
                folder.toString(),
                "OA_HTTP_PORT",
                "0",
                "OA_PROJECTIONS",
                "off"));
    openUpTo(WARM_UP);
    Requests requests = new Requests(service.address());
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      requests.look(runs.get(i % runs.size()));
    }
  }

  /// How many files this process and its children may have open; streams need one on each side.
  static long openFilesMax() throws IOException {
    Matcher limit = OPEN_FILES.matcher(Files.readString(Path.of("/proc/self/limits")));
    return limit.find() ? Long.parseLong(limit.group(1)) : Long.MAX_VALUE;
  }

  /// Opens streams until there are so many beside those that warmed up.
  void open(int streams) throws IOException, InterruptedException {
    openUpTo(WARM_UP + streams);
  }

  private void openUpTo(int count) throws IOException, InterruptedException {
    while (opened < count) {
      int next = Math.min(count, opened + AT_ONCE);
      readers.add(Readers.open(service.address(), runs.subList(opened, next), (_, _) -> {}));
      opened = next;
    }
  }

  ProcessMemory memory() throws IOException, InterruptedException {
    return ProcessMemory.of(service.pid());
  }

  @Override
  public void close() {
    readers.forEach(Readers::close);
    service.close();
  }
}
