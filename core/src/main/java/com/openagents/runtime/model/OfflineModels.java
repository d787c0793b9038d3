package com.openagents.runtime.model;

import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.model.ModelRequest.Role;
import java.util.List;

/// Answers when no provider is configured: deterministic, and labelled `offline` in every event.
public final class OfflineModels implements Models {

  private static final int QUOTED_MAX = 400;

  @Override
  public ModelStream open(ModelRequest request) {
    List<String> said =
        request.turns().stream()
            .filter(turn -> turn.role() == Role.USER)
            .map(ModelRequest.Turn::text)
            .toList();
    String newest = said.isEmpty() ? "" : said.getLast();
    String quoted = newest.length() <= QUOTED_MAX ? newest : beginning(newest) + "…";
    String answer =
        "No model is configured, so this is the offline stand-in speaking. You said: \""
            + quoted
            + "\". That was message "
            + said.size()
            + " of our conversation. Set OA_MODEL_BASE_URL, OA_MODEL_API_KEY and OA_MODEL_NAME to"
            + " talk to a real model; the run, its log and this stream work the same either way.";
    return new ScriptedStream(
        ScriptedStream.words(answer), new ModelUse("offline", "offline-1", "stop", null, null));
  }

  /// The beginning of a text, no character of it cut in two.
  private static String beginning(String text) {
    boolean inTwo = Character.isHighSurrogate(text.charAt(QUOTED_MAX - 1));
    return text.substring(0, inTwo ? QUOTED_MAX - 1 : QUOTED_MAX);
  }
}
