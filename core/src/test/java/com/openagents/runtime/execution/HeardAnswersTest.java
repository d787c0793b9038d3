package com.openagents.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.model.EchoModels;
import com.openagents.runtime.model.ModelStream.Done;
import com.openagents.runtime.model.ModelStream.Failed;
import com.openagents.runtime.model.ModelStream.Reasoning;
import com.openagents.runtime.model.ModelStream.Text;
import com.openagents.runtime.run.GrowingText;
import com.openagents.runtime.run.RunState.OpenText;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is kept of what a model says.
class HeardAnswersTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Answer BEGUN = Answer.begun("1.1.0", 1);

  private static ModelUse use(@Nullable Long input, @Nullable Long output) {
    return new ModelUse("p", "n", "stop", input, output);
  }

  private static ModelUse counted(@Nullable Long input, @Nullable Long output) {
    Done done = BEGUN.hears(new Done(use(input, output)), NOW).done();
    return done == null ? use(null, null) : done.use();
  }

  @Test
  void counts_that_no_event_can_hold_are_left_out() {
    long max = (long) Json.Num.INTEGER_MAX;

    assertThat(counted(0L, max)).isEqualTo(use(0L, max));
    assertThat(counted(-1L, max + 1)).isEqualTo(use(null, null));
    assertThat(counted(null, 7L)).isEqualTo(use(null, 7L));
  }

  @Test
  void an_answer_may_be_as_long_as_the_bound_and_no_longer() {
    Answer full = BEGUN.hears(new Text("x".repeat(Answer.TEXT_MAX)), NOW);
    assertThat(full.failed()).isNull();
    assertThat(full.text().length()).isEqualTo(Answer.TEXT_MAX);

    Answer more = BEGUN.hears(new Text("x"), NOW);
    assertThat(more.hears(new Text("x".repeat(Answer.TEXT_MAX)), NOW).failed())
        .isNotNull()
        .extracting(Failed::errorClass)
        .isEqualTo("malformed");
    assertThat(full.hears(new Text("x"), NOW).failed()).isNotNull();
  }

  @Test
  void what_is_not_in_the_log_yet_is_counted() {
    Answer heard = BEGUN.hears(new Reasoning("abcd"), NOW).hears(new Text("xyz"), NOW);

    assertThat(heard.unwritten(null)).isEqualTo(7);
    assertThat(heard.unwritten(open(true, "a"))).isEqualTo(6);
    assertThat(heard.unwritten(open(false, "x"))).isEqualTo(2);
    assertThat(heard.unwritten(open(false, "xyz"))).isZero();
  }

  private static OpenText open(boolean reasoning, String text) {
    return new OpenText(3, "1.1.0.1", reasoning, GrowingText.of(text));
  }

  @Test
  void a_call_that_was_given_up_says_so() {
    ModelCall call = new ModelCall(new EchoModels(), new RunId(new UUID(1, 1)));

    assertThat(call.next(Duration.ZERO))
        .isEqualTo(new Failed("unavailable", "the model call was given up", true));
  }
}
