package com.openagents.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.MessageEvent;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.stream.TextSign.Began;
import com.openagents.runtime.stream.TextSign.Ended;
import com.openagents.runtime.stream.TextSign.Piece;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an event does to the texts that a reader has open.
class OpenTextsTest {

  private static final Text TEXT = Text.message("m");

  private static List<TextSign> signs(MessageEvent... events) {
    OpenTexts texts = OpenTexts.NONE;
    List<TextSign> last = List.of();
    for (MessageEvent event : events) {
      OpenTexts.Change change = texts.next(event);
      texts = change.texts();
      last = change.signs();
    }
    return last;
  }

  @Test
  void a_rest_never_begins_within_a_character() {
    MessageCompleted whole = new MessageCompleted("m", "a🎉b", Outcome.COMPLETE, null);
    assertThat(signs(new MessageStarted("m"), new MessageDelta("m", "a\ud83c"), whole))
        .containsExactly(new Piece(TEXT, "b"), new Ended(TEXT));
  }

  @Test
  void a_text_that_has_begun_does_not_begin_again() {
    assertThat(signs(new MessageStarted("m"))).containsExactly(new Began(TEXT));
    assertThat(signs(new MessageStarted("m"), new MessageStarted("m"))).isEmpty();
  }

  @Test
  void reasoning_and_a_message_of_one_id_are_two_texts() {
    OpenTexts both =
        OpenTexts.NONE
            .next(new MessageStarted("m"))
            .texts()
            .next(new ReasoningStarted("m"))
            .texts();
    assertThat(both.all()).hasSize(2);
    assertThat(both.closed().signs())
        .containsExactly(new Ended(TEXT), new Ended(Text.reasoning("m")));
    assertThat(both.closed().texts().isEmpty()).isTrue();
  }
}
