package com.openagents.runtime.testkit.guard;

import static com.openagents.runtime.testkit.guard.SpoiledLog.writing;

import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.event.RunEvent.RunCancelRequested;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.testkit.simulator.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// Bugs of what is kept of a run, each of which one law is there for.
final class LawPlants {

  private static final ModelUse SOMEBODY = new ModelUse("somebody", "somebody-1", "stop", 1L, 1L);

  private LawPlants() {}

  static List<Plant> all() {
    return List.of(
        plant(
            "a recovery is counted twice",
            w -> has(w, RunExecutorLost.class) ? recoveredTwice(w) : w),
        plant("a run that has ended stays due", w -> ends(w) ? w.with(Wake.NOW) : w),
        plant(
            "a message is acknowledged and not written",
            w ->
                w.events().size() == 1
                        && w.events().getFirst() instanceof FrameAccepted frame
                        && frame.frameType().equals("user_message")
                    ? w.with(List.of())
                    : w),
        plant(
            "a run completes whatever came in between",
            w -> has(w, RunCompleted.class) ? LogPlants.under(w, whateverCame(w)) : w),
        plant(
            "a lost executor is taken for a cancel",
            w -> has(w, RunExecutorLost.class) ? canceled(w) : w),
        plant(
            "what an agent says is told as a model's answer",
            w -> changed(w, LawPlants::saidByModel)));
  }

  private static Plant plant(String bug, UnaryOperator<Append> spoiled) {
    return new Plant(
        bug,
        Simulation.class,
        "play",
        planted -> planted.log = writing(spoiled).apply(planted.log));
  }

  private static boolean has(Append write, Class<?> type) {
    return write.events().stream().anyMatch(type::isInstance);
  }

  private static boolean ends(Append write) {
    return write.columns() != null && write.columns().run().ended();
  }

  private static Append recoveredTwice(Append write) {
    Columns columns = Objects.requireNonNull(write.columns());
    return write.with(new Columns(columns.run(), columns.recoveries() + 1));
  }

  private static Append canceled(Append write) {
    List<Event.Known> events = new ArrayList<>(write.events());
    events.add(new RunCancelRequested(null, "owner"));
    return write
        .with(events)
        .with(
            new Columns(new Run.Canceling(), Objects.requireNonNull(write.columns()).recoveries()));
  }

  private static Append changed(Append write, UnaryOperator<Event.Known> change) {
    return write.with(write.events().stream().map(change).toList());
  }

  private static Precondition whateverCame(Append write) {
    Precondition wanted = write.precondition();
    return new Precondition(
        wanted.fresh(), wanted.executorEpoch(), null, wanted.open(), wanted.owner(), false);
  }

  private static Event.Known saidByModel(Event.Known event) {
    return event instanceof MessageCompleted(var id, var text, var outcome, var model, var blob)
            && model == null
        ? new MessageCompleted(id, text, outcome, SOMEBODY, blob)
        : event;
  }
}
