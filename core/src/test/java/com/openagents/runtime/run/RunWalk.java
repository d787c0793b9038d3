package com.openagents.runtime.run;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.event.RunEvent.RunChildEnded;
import com.openagents.runtime.event.RunEvent.RunChildStarted;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.RunEvent.RunResumed.Cause;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.RunSpec.AgentRef;
import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.event.RunSpec.Session;
import com.openagents.runtime.event.RunSpec.ToolPolicy;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.run.RunVerdict.Accepted;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;

/// Every command in every state that a run can come to, from nothing on.
///
/// @param cells what was decided, in the order of the walk
record RunWalk(List<Cell> cells) {

  /// @param after the state that an accepted event leads to, else the state before
  record Cell(Run before, RunCommand command, RunVerdict verdict, Run after) {}

  private static final NodeId NODE = new NodeId("node-a");

  static final RunSpec SPEC =
      new RunSpec(
          new ThreadId("thread-1"),
          new Principal.User(1),
          new AgentRef("echo", 1),
          Lifecycle.TURN,
          WhileBusy.ENQUEUE,
          new Session(null, true),
          ToolPolicy.OPEN,
          null,
          null,
          null,
          null);

  /// Facts that are noted in a live run without a command, and change nothing in its life.
  static final List<RunEvent> NOTES =
      List.of(
          new RunLimitWarning("events", 8, 10),
          new RunChildStarted(new RunId(new UUID(0, 2)), "echo"),
          new RunChildEnded(new RunId(new UUID(0, 2)), "completed", null));

  /// What stands behind the copy that a fork begins with, wherever that left off.
  static final RunForked FORKED = new RunForked(new RunId(new UUID(0, 1)), 3);

  /// Every kind of command with everything in it that could make a difference.
  static List<RunCommand> commands() {
    List<RunCommand> commands = new ArrayList<>();
    commands.add(new RunCommand.Create(SPEC, Digest.ofText("request")));
    for (Cause cause : Cause.values()) {
      commands.add(new RunCommand.Begin(NODE, cause));
    }
    for (WaitingFor what : WaitingFor.values()) {
      commands.add(new RunCommand.Wait(what, null));
      commands.add(new RunCommand.Wait(what, Instant.EPOCH));
    }
    commands.add(new RunCommand.RequestCancel("enough", "owner"));
    commands.add(new RunCommand.Complete());
    for (ReasonClass reason : ReasonClass.values()) {
      commands.add(new RunCommand.Fail(reason, "it broke"));
      commands.add(new RunCommand.Cancel(reason, null));
    }
    commands.add(new RunCommand.LoseExecutor(NODE, 1, 1, 0));
    return commands;
  }

  static RunWalk fromNothing() {
    List<Cell> cells = new ArrayList<>();
    Set<Run> seen = new LinkedHashSet<>();
    Queue<Run> ahead = new ArrayDeque<>(List.of(new Run.Absent()));
    while (!ahead.isEmpty()) {
      Run run = ahead.remove();
      if (seen.add(run)) {
        for (RunCommand command : commands()) {
          Cell cell = cell(run, command);
          cells.add(cell);
          ahead.add(cell.after());
        }
      }
    }
    return new RunWalk(cells);
  }

  private static Cell cell(Run run, RunCommand command) {
    RunVerdict verdict = RunRules.decide(run, command);
    Run after = verdict instanceof Accepted(var event) ? RunRules.evolve(run, event) : run;
    return new Cell(run, command, verdict, after);
  }

  Set<Run> states() {
    Set<Run> states = new LinkedHashSet<>();
    cells.forEach(cell -> states.add(cell.before()));
    return states;
  }

  /// Every event that some command was answered with, every note, and what makes a fork.
  Set<RunEvent> events() {
    Set<RunEvent> events = new LinkedHashSet<>(NOTES);
    events.add(FORKED);
    for (Cell cell : cells) {
      if (cell.verdict() instanceof Accepted(var event)) {
        events.add(event);
      }
    }
    return events;
  }
}
