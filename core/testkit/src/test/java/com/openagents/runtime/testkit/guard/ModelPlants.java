package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.model.ModelStream;
import com.openagents.runtime.model.ModelStream.Done;
import com.openagents.runtime.model.ModelStream.Polled;
import com.openagents.runtime.model.ModelStream.Text;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/// Bugs of a language model.
final class ModelPlants {

  private static final Done END = new Done(new ModelUse("p", "m", "stop", null, null));

  private ModelPlants() {}

  static List<Plant> all() {
    return List.of(
        plant("an answer has no end", "an_answer_is_text_and_then_its_end", new Text("hi")),
        plant("an answer is empty", "an_answer_is_text_and_then_its_end", END),
        plant(
            "a character is cut in two",
            "no_piece_is_empty_or_has_characters_that_cannot_be_stored",
            new Text("\ud83d"),
            new Text("\ude00"),
            END),
        plant(
            "the end does not say why",
            "the_end_says_who_spoke_and_why_it_stopped",
            new Text("hi"),
            new Done(new ModelUse("p", "m", "because", null, null))),
        plant(
            "something is said after the end",
            "nothing_is_said_after_the_end",
            new Text("hi"),
            END,
            new Text("by the way")));
  }

  private static Plant plant(String bug, String caughtBy, Polled... script) {
    return new Plant(
        bug,
        SideSuites.LanguageModels.class,
        caughtBy,
        planted -> planted.models = _ -> new Script(List.of(script).iterator()));
  }

  private record Script(Iterator<Polled> script) implements ModelStream {
    @Override
    public Polled next(Duration wait) {
      return script.hasNext() ? script.next() : IDLE;
    }

    @Override
    public void close() {}
  }
}
