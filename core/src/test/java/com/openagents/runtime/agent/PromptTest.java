package com.openagents.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.model.ModelRequest.Role;
import com.openagents.runtime.model.ModelRequest.Turn;
import com.openagents.runtime.run.Utterance;
import com.openagents.runtime.run.Utterance.Speaker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTest {

  private static Utterance user(String text) {
    return new Utterance(Speaker.USER, text);
  }

  private static List<Turn> prompt(List<Utterance> earlier, List<Utterance> conversation) {
    return Prompt.render("test/Answer.v1", Json.Obj.EMPTY, earlier, conversation);
  }

  @Test
  void an_input_is_part_of_the_instructions_in_its_one_spelling() {
    Json.Obj input = Json.object().put("tone", "dry").put("days", 3).build();
    List<Turn> plain = prompt(List.of(), List.of(user("now")));
    List<Turn> turns = Prompt.render("test/Answer.v1", input, List.of(), List.of(user("now")));
    assertThat(turns)
        .containsExactly(
            new Turn(
                Role.SYSTEM,
                plain.getFirst().text()
                    + "\n\nThe input of test/Answer.v1 is {\"days\":3,\"tone\":\"dry\"}"),
            new Turn(Role.USER, "now"));
  }

  @Test
  void an_input_takes_its_room_from_the_oldest_of_the_conversation() {
    String half = "x".repeat(Prompt.CHARS_MAX / 2);
    List<Utterance> conversation = List.of(user(half), user(half));
    Json.Obj input = Json.object().put("tone", "dry").build();
    assertThat(Prompt.render("test/Answer.v1", input, List.of(), conversation)).hasSize(2);

    Json.Obj huge = Json.object().put("text", "x".repeat(Prompt.CHARS_MAX)).build();
    List<Turn> turns = Prompt.render("test/Answer.v1", huge, List.of(), conversation);
    assertThat(turns).hasSize(2).last().isEqualTo(new Turn(Role.USER, half));
    assertThat(turns.getFirst().text()).endsWith("x\"}");
  }

  @Test
  void the_instructions_come_first_then_the_thread_then_the_run() {
    List<Turn> turns =
        prompt(
            List.of(user("before")),
            List.of(
                user("now"),
                new Utterance(Speaker.AGENT, "answer"),
                new Utterance(Speaker.NOTE, "be brief")));
    assertThat(turns.getFirst().role()).isEqualTo(Role.SYSTEM);
    assertThat(turns.subList(1, turns.size()))
        .containsExactly(
            new Turn(Role.USER, "before"),
            new Turn(Role.USER, "now"),
            new Turn(Role.ASSISTANT, "answer"),
            new Turn(Role.USER, "Note: be brief"));
  }

  @Test
  void a_long_conversation_loses_its_oldest_part() {
    List<Utterance> conversation = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      conversation.add(user(i + " " + "x".repeat(9_990)));
    }
    List<Turn> turns = prompt(List.of(user("long ago")), conversation);
    assertThat(turns.stream().skip(1).mapToInt(turn -> turn.text().length()).sum())
        .isLessThanOrEqualTo(Prompt.CHARS_MAX);
    assertThat(turns.getLast().text()).startsWith("99 ");
    assertThat(turns).hasSizeGreaterThan(30).noneMatch(turn -> turn.text().equals("long ago"));
  }

  @Test
  void the_newest_message_is_whole_however_long_it_is() {
    String huge = "x".repeat(Prompt.CHARS_MAX * 2);
    List<Turn> turns = prompt(List.of(), List.of(user("before"), user(huge)));
    assertThat(turns).hasSize(2).last().isEqualTo(new Turn(Role.USER, huge));
  }

  @Test
  void a_conversation_that_just_fits_is_whole() {
    String half = "x".repeat(Prompt.CHARS_MAX / 2);
    assertThat(prompt(List.of(), List.of(user(half), user(half)))).hasSize(3);
    assertThat(prompt(List.of(), List.of(user(half + "x"), user(half)))).hasSize(2);
  }
}
