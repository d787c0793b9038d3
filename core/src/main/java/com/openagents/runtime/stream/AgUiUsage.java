package com.openagents.runtime.stream;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What models have used, one entry for each provider and model.
final class AgUiUsage {

  private record Model(String provider, String name) {}

  private record Tokens(@Nullable Long in, @Nullable Long out) {
    private Tokens and(Tokens more) {
      return new Tokens(sum(in, more.in), sum(out, more.out));
    }

    private static @Nullable Long sum(@Nullable Long a, @Nullable Long b) {
      return a == null ? b : b == null ? a : (Long) (a + b);
    }
  }

  private AgUiUsage() {}

  /// @return null when no model was used
  static Json.@Nullable Arr of(List<ModelUse> uses) {
    if (uses.isEmpty()) {
      return null;
    }
    Map<Model, Tokens> byModel = new LinkedHashMap<>();
    for (ModelUse use : uses) {
      byModel.merge(
          new Model(use.provider(), use.name()),
          new Tokens(use.inputTokens(), use.outputTokens()),
          Tokens::and);
    }
    List<Json> entries = new ArrayList<>();
    byModel.forEach((model, tokens) ->
        entries.add(
            Json.object()
                .put("provider", model.provider())
                .put("model", model.name())
                .put("inputTokens", tokens.in())
                .put("outputTokens", tokens.out())
                .build()));
    return Json.array(entries);
  }
}
