package com.openagents.runtime.agent;

import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.model.ModelRequest.Role;
import com.openagents.runtime.run.Utterance;
import java.util.ArrayList;
import java.util.List;

/// Renders a conversation as a model reads it.
public final class Prompt {

  private static final String INSTRUCTIONS =
      "You are a helpful assistant. Answer the user's newest message.";

  private Prompt() {}

  /// @param earlier the thread before this run, oldest first
  /// @param conversation this run so far, oldest first
  public static List<ModelRequest.Turn> render(
      List<Utterance> earlier, List<Utterance> conversation) {
    List<ModelRequest.Turn> turns = new ArrayList<>();
    turns.add(new ModelRequest.Turn(Role.SYSTEM, INSTRUCTIONS));
    earlier.forEach(utterance -> turns.add(turn(utterance)));
    conversation.forEach(utterance -> turns.add(turn(utterance)));
    return turns;
  }

  private static ModelRequest.Turn turn(Utterance utterance) {
    return switch (utterance.speaker()) {
      case USER -> new ModelRequest.Turn(Role.USER, utterance.text());
      case AGENT -> new ModelRequest.Turn(Role.ASSISTANT, utterance.text());
      case NOTE -> new ModelRequest.Turn(Role.SYSTEM, "Note: " + utterance.text());
    };
  }
}
