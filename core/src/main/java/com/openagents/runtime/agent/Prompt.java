package com.openagents.runtime.agent;

import com.openagents.runtime.model.ModelRequest.Role;
import com.openagents.runtime.model.ModelRequest.Turn;
import com.openagents.runtime.run.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Renders a conversation as a model reads it: the instructions, and as much of the newest as fits.
public final class Prompt {

  /// How many characters of conversation a model is given; the newest utterance is always whole.
  public static final int CHARS_MAX = 400_000;

  private static final String INSTRUCTIONS =
      "You are a helpful assistant. Answer the user's newest message.";

  private Prompt() {}

  /// @param earlier the thread before this run, oldest first
  /// @param conversation this run so far, oldest first
  public static List<Turn> render(List<Utterance> earlier, List<Utterance> conversation) {
    List<Turn> newestFirst = new ArrayList<>();
    long chars = 0;
    var utterances =
        Stream.concat(conversation.reversed().stream(), earlier.reversed().stream()).iterator();
    while (utterances.hasNext()) {
      Turn turn = turn(utterances.next());
      chars += turn.text().length();
      if (chars > CHARS_MAX && !newestFirst.isEmpty()) {
        break;
      }
      newestFirst.add(turn);
    }
    List<Turn> turns = new ArrayList<>();
    turns.add(new Turn(Role.SYSTEM, INSTRUCTIONS));
    turns.addAll(newestFirst.reversed());
    return turns;
  }

  private static Turn turn(Utterance utterance) {
    return switch (utterance.speaker()) {
      case USER -> new Turn(Role.USER, utterance.text());
      case AGENT -> new Turn(Role.ASSISTANT, utterance.text());
      // Whoever leaves a note has no more authority over the model than a user.
      case NOTE -> new Turn(Role.USER, "Note: " + utterance.text());
    };
  }
}
