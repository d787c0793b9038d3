package com.openagents.runtime.run;

import static java.util.stream.Collectors.joining;

import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.run.RunVerdict.Accepted;
import com.openagents.runtime.run.RunVerdict.AlreadyDone;
import com.openagents.runtime.run.RunVerdict.Refused;
import com.openagents.runtime.run.RunWalk.Cell;
import com.openagents.runtime.states.StateDocument;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The document of the life of a run says what the walk found.
class RunDiagramTest {

  private final RunWalk walk = RunWalk.fromNothing();
  private static final String START = "[*]";

  @Test
  void the_document_of_the_run_is_current() throws IOException {
    StateDocument.assertCurrent("run.md", document());
  }

  private String document() {
    return """
    # The life of a run

    Made by walking `RunRules` from nothing through every state that it can come to, with every command in each. \
    Facts that leave the state as it is (%s) are left out. `run.forked` follows no command: it stands behind the copy \
    that a fork begins with, wherever that left off.

    ```mermaid
    stateDiagram-v2
    %s
    ```

    What each state answers to each command: the type of the event that is written, `done` where it is so already, \
    or the reason of the refusal.

    | state | %s |
    | --- |%s
    %s
    """
        .formatted(
            still(),
            String.join("\n", transitions()),
            String.join(" | ", commands()),
            " --- |".repeat(commands().size()),
            String.join("\n", rows()));
  }

  private String still() {
    Set<String> types = new TreeSet<>();
    RunWalk.NOTES.forEach(note -> types.add("`" + note.type() + "`"));
    for (Cell cell : walk.cells()) {
      if (cell.verdict() instanceof Accepted(RunEvent event)
          && name(cell.after()).equals(name(cell.before()))) {
        types.add("`" + event.type() + "`");
      }
    }
    return String.join(", ", types);
  }

  private Set<String> transitions() {
    Set<String> edges = new LinkedHashSet<>();
    for (Cell cell : walk.cells()) {
      String from = name(cell.before());
      String to = name(cell.after());
      if (cell.verdict() instanceof Accepted(RunEvent event) && !from.equals(to)) {
        edges.add("    %s --> %s: %s".formatted(from, to, event.type()));
      }
    }
    walk.states().stream()
        .filter(run -> run instanceof Run.Live && !name(run).equals("waiting"))
        .forEach(
            run -> edges.add("    %s --> waiting: %s".formatted(name(run), RunWalk.FORKED.type())));
    walk.states().stream()
        .filter(Run::ended)
        .forEach(run -> edges.add("    %s --> %s".formatted(run.status(), START)));
    return edges;
  }

  private static String name(Run run) {
    return run instanceof Run.Absent ? START : run.status();
  }

  private static List<String> commands() {
    return RunWalk.commands().stream().map(RunDiagramTest::name).distinct().toList();
  }

  private static String name(RunCommand command) {
    return command
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  private List<String> rows() {
    Map<String, Map<String, Set<String>>> table = new LinkedHashMap<>();
    for (Cell cell : walk.cells()) {
      table
          .computeIfAbsent(cell.before().status(), _ -> new LinkedHashMap<>())
          .computeIfAbsent(name(cell.command()), _ -> new LinkedHashSet<>())
          .add(answer(cell.verdict()));
    }
    return table.entrySet().stream()
        .map(row ->
            "| %s | %s |"
                .formatted(
                    row.getKey(),
                    row.getValue().values().stream()
                        .map(answers -> String.join(", ", answers))
                        .collect(joining(" | "))))
        .toList();
  }

  private static String answer(RunVerdict verdict) {
    return switch (verdict) {
      case Accepted(RunEvent event) -> "`" + event.type() + "`";
      case AlreadyDone() -> "done";
      case Refused(var why) -> why.name();
    };
  }
}
