package com.openagents.runtime.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What a crash leaves of a PostgreSQL: a server that nobody owns, sessions of a dead server that
/// still hold its memory, or only its claim on the cluster. Each would keep the next server out.
///
/// Called while holding the [DirectoryLock]: no living service uses the cluster.
final class Orphan {
  private Orphan() {}

  /// Makes `cluster` free for a new server.
  static void clear(Path cluster, Programs programs, Consumer<String> progress)
      throws IOException, InterruptedException {
    if (!Files.exists(PidFile.path(cluster))) {
      return;
    }
    Optional<ProcessHandle> claimant =
        PidFile.read(cluster).flatMap(file -> ProcessHandle.of(file.pid()));
    List<ProcessHandle> leftBehind =
        Stream.concat(
                claimant.filter(process -> serves(process, cluster)).stream(),
                ProcessHandle.allProcesses().filter(process -> worksIn(process, cluster)))
            .distinct()
            .toList();
    for (ProcessHandle process : leftBehind) {
      progress.accept("stopping a PostgreSQL process left behind, " + process.pid());
      Shutdown.end(process, programs);
    }
    if (claimant.isEmpty() || claimant.filter(Orphan::isAnotherProgram).isPresent()) {
      Files.deleteIfExists(PidFile.path(cluster));
    }
  }

  private static boolean serves(ProcessHandle process, Path cluster) {
    return process.info().arguments().map(List::of).orElse(List.of()).contains(cluster.toString());
  }

  /// Every process of a PostgreSQL works in the cluster's directory. Only Linux tells.
  private static boolean worksIn(ProcessHandle process, Path cluster) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
          .equals(cluster);
    } catch (IOException _) {
      return false;
    }
  }

  /// Whether the claimant's number has gone to a program that is no PostgreSQL.
  private static boolean isAnotherProgram(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(Path::of)
        .filter(program -> !program.endsWith("postgres"))
        .isPresent();
  }
}
