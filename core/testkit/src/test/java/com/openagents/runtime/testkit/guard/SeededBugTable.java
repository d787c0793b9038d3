package com.openagents.runtime.testkit.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables of known bugs in `docs/reliability.md`.
final class SeededBugTable {

  static final String HEAD = "| bug | seeds needed | at most |";
  private static final int BUG = 1;
  private static final int SEEDS_MAX = 3;

  private SeededBugTable() {}

  /// How many seeds each bug may need, as the document says.
  ///
  /// @param table how it begins
  static Map<String, Integer> seedsMax(String table) throws IOException {
    List<String> lines = Files.readAllLines(document());
    int head = head(lines, table);
    return lines.subList(head + 2, end(lines, head)).stream()
        .map(row -> row.split(" *\\| *"))
        .collect(
            Collectors.toMap(cells -> cells[BUG], cells -> Integer.parseInt(cells[SEEDS_MAX])));
  }

  static void write(String table, List<String> rows) throws IOException {
    List<String> lines = Files.readAllLines(document());
    int head = head(lines, table);
    Files.write(
        document(),
        Stream.of(lines.subList(0, head + 2), rows, lines.subList(end(lines, head), lines.size()))
            .flatMap(List::stream)
            .toList());
  }

  private static int head(List<String> lines, String table) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(table)) {
        return i;
      }
    }
    throw new IllegalStateException("the document has no table that begins with " + table);
  }

  private static int end(List<String> lines, int head) {
    int end = head;
    while (end < lines.size() && lines.get(end).startsWith("|")) {
      end++;
    }
    return end;
  }

  private static Path document() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .filter(directory -> Files.isDirectory(directory.resolve(".mvn")))
        .findFirst()
        .orElseThrow()
        .resolve("docs/reliability.md");
  }
}
