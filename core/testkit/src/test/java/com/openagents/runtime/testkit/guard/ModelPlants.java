package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.model.ModelStream;
import com.openagents.runtime.model.ModelStream.Done;
import com.openagents.runtime.model.ModelStream.Failed;
import com.openagents.runtime.model.ModelStream.Polled;
import com.openagents.runtime.model.ModelStream.Text;
import com.openagents.runtime.model.Models;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Bugs of a language model.
final class ModelPlants {

  private static final Done END = new Done(new ModelUse("p", "m", "stop", null, null));

  private ModelPlants() {}

  static List<Plant> all() {
    return Stream.of(scripts(), streams()).flatMap(List::stream).toList();
  }

  private static List<Plant> scripts() {
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
            "a character that no store takes is passed on",
            "no_piece_is_empty_or_has_characters_that_cannot_be_stored",
            new Text("hi\0"),
            END),
        plant(
            "nobody is said to have spoken",
            "the_end_says_who_spoke_and_why_it_stopped",
            new Text("hi"),
            new Done(new ModelUse(" ", "m", "stop", null, null))),
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

  private static List<Plant> streams() {
    return List.of(
        plant(
            "a stream is closed twice and fails",
            "a_stream_may_be_closed_at_any_time_and_more_than_once",
            honest -> request -> new ClosedOnce(honest.open(request))),
        plant(
            "a new answer cuts off the one before",
            "answers_that_are_pulled_in_turn_both_come_to_their_end",
            OneConnection::new),
        plant(
            "a call is answered once",
            "the_same_call_can_be_made_again",
            honest -> {
              Set<String> calls = new HashSet<>();
              return request ->
                  calls.add(request.callId()) ? honest.open(request) : new Script(failing());
            }));
  }

  private static Iterator<Polled> failing() {
    return List.<Polled>of(new Failed("refused", "no", false)).iterator();
  }

  private static Plant plant(String bug, String caughtBy, UnaryOperator<Models> spoiled) {
    return new Plant(
        bug,
        SideSuites.LanguageModels.class,
        caughtBy,
        planted -> planted.models = spoiled.apply(planted.models));
  }

  private static final class ClosedOnce implements ModelStream {
    private final ModelStream honest;
    private boolean closed;

    ClosedOnce(ModelStream honest) {
      this.honest = honest;
    }

    @Override
    public Polled next(Duration wait) {
      return honest.next(wait);
    }

    @Override
    public void close() {
      if (closed) {
        throw new IllegalStateException("closed already");
      }
      closed = true;
      honest.close();
    }
  }

  private static final class OneConnection implements Models {
    private final Models honest;
    private @Nullable ModelStream last;

    OneConnection(Models honest) {
      this.honest = honest;
    }

    @Override
    public ModelStream open(ModelRequest request) {
      if (last != null) {
        last.close();
      }
      ModelStream opened = new Cut(honest.open(request));
      last = opened;
      return opened;
    }
  }

  private static final class Cut implements ModelStream {
    private final ModelStream honest;
    private boolean closed;

    Cut(ModelStream honest) {
      this.honest = honest;
    }

    @Override
    public Polled next(Duration wait) {
      return closed ? new Failed("unavailable", "connection closed", true) : honest.next(wait);
    }

    @Override
    public void close() {
      closed = true;
      honest.close();
    }
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
