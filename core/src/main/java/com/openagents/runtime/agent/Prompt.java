package com.openagents.runtime.agent;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.model.ModelRequest.Role;
import com.openagents.runtime.model.ModelRequest.Turn;
import com.openagents.runtime.run.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Renders a question as a model reads it: the instructions, and as much of the newest of the
/// conversation as fits.
public final class Prompt {

  /// How many characters of input and conversation a model is given. The input is always whole, and
  /// so is the newest utterance.
  public static final int CHARS_MAX = 400_000;

  private static final String INSTRUCTIONS =
      "You are a helpful assistant. Answer the user's newest message.";

  private Prompt() {}

  /// @param input part of the instructions, of which there is one message: not every model takes a
  ///   second
  /// @param earlier the thread before this run, oldest first
  /// @param conversation this run so far, oldest first
  public static List<Turn> render(
      String signature, Json.Obj input, List<Utterance> earlier, List<Utterance> conversation) {
    String given = given(signature, input);
    List<Turn> newestFirst = new ArrayList<>();
    long chars = given.length();
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
    turns.add(new Turn(Role.SYSTEM, INSTRUCTIONS + given));
    turns.addAll(newestFirst.reversed());
    return turns;
  }

  private static String given(String signature, Json.Obj input) {
    return input.fields().isEmpty()
        ? ""
        : "\n\nThe input of " + signature + " is " + CanonicalJson.write(input);
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
