package com.openagents.runtime.lease;

import static java.util.stream.Collectors.joining;

import com.openagents.runtime.lease.LeaseVerdict.Granted;
import com.openagents.runtime.lease.LeaseVerdict.Refused;
import com.openagents.runtime.lease.LeaseWalk.Cell;
import com.openagents.runtime.lease.LeaseWalk.Standing;
import com.openagents.runtime.states.StateDocument;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The document of the lease says what the walk found.
class LeaseDiagramTest {

  private final LeaseWalk walk = LeaseWalk.fromNothing();

  @Test
  void the_document_of_the_lease_is_current() throws IOException {
    StateDocument.assertCurrent("lease.md", document());
  }

  private String document() {
    return """
    # The lease of a run

    Made by walking `LeaseRules` from a run that nobody held yet. A lease expires by itself, on the store's clock; \
    `+1` marks where the epoch rises.

    ```mermaid
    stateDiagram-v2
        [*] --> free
        held --> expired: its time is over
    %s
    ```

    What each standing answers to each change: the standing that follows, or the reason of the refusal. \
    An executor also names its epoch, and is refused (`FENCED`) once its lease has expired, \
    before any of this: nobody renews or releases a lease that ran out.

    | lease | %s |
    | --- |%s
    %s
    """
        .formatted(
            String.join("\n", transitions()),
            String.join(" | ", changes()),
            " --- |".repeat(changes().size()),
            String.join("\n", rows()));
  }

  private Set<String> transitions() {
    Set<String> edges = new LinkedHashSet<>();
    for (Cell cell : walk.cells()) {
      boolean moves = !cell.after().equals(cell.before());
      if (cell.verdict() instanceof Granted && moves) {
        edges.add(
            "    %s --> %s: %s%s"
                .formatted(
                    name(cell.standing()),
                    name(Standing.of(cell.after(), cell.now())),
                    name(cell.change()),
                    raised(cell)));
      }
    }
    return edges;
  }

  private List<String> rows() {
    Map<Standing, Map<String, Set<String>>> table = new EnumMap<>(Standing.class);
    for (Cell cell : walk.cells()) {
      table
          .computeIfAbsent(cell.standing(), _ -> new LinkedHashMap<>())
          .computeIfAbsent(name(cell.change()), _ -> new LinkedHashSet<>())
          .add(answer(cell));
    }
    return table.entrySet().stream()
        .map(row ->
            "| %s | %s |"
                .formatted(
                    name(row.getKey()),
                    row.getValue().values().stream()
                        .map(answers -> String.join(", ", answers))
                        .collect(joining(" | "))))
        .toList();
  }

  private static String answer(Cell cell) {
    return switch (cell.verdict()) {
      case Granted(Lease after) -> name(Standing.of(after, cell.now())) + raised(cell);
      case Refused(var why) -> why.name();
    };
  }

  private static String raised(Cell cell) {
    return cell.after().epoch() > cell.before().epoch() ? " +1" : "";
  }

  private static List<String> changes() {
    return LeaseWalk.CHANGES.stream().map(LeaseDiagramTest::name).distinct().toList();
  }

  private static String name(LeaseChange change) {
    return change.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String name(Standing standing) {
    return standing.name().toLowerCase(Locale.ROOT);
  }
}
