package com.openagents.runtime.app.drill;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.http.client.RuntimeUnreachable;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gathers what the nodes tell of a run when the faults are over. Thread-safe.
final class Inspection {

  private static final int PAGE = 1000;
  private static final int ATTEMPTS_MAX = 50;

  private final Callers callers;
  private final ProviderBooks books;

  Inspection(Callers callers, ProviderBooks books) {
    this.callers = callers;
    this.books = books;
  }

  RunEvidence of(Dealings run) {
    List<RunEvidence.Rendered> rendered = new ArrayList<>();
    int first = Math.floorMod(run.runId().hashCode(), callers.all().size());
    for (int other = 0; other < Math.min(2, callers.all().size()); other++) {
      int node = (first + other) % callers.all().size();
      for (String format : List.of(Blocks.RAW, Blocks.AI_SDK)) {
        rendered.add(rendered(run, node, format));
      }
    }
    Dealings original = run.original();
    return new RunEvidence(
        run, log(run), rendered, books, original == null ? List.of() : log(original));
  }

  private List<LoggedEvent> log(Dealings run) {
    List<LoggedEvent> log = new ArrayList<>();
    while (true) {
      String target =
          "/internal/v1/runs/%s/events?limit=%d&after=%d"
              .formatted(run.runId(), PAGE, log.isEmpty() ? 0 : log.getLast().seq());
      Optional<Reply> page =
          callers.call(Call.EVENTS, run.runId().toString(), node -> node.get(target));
      if (page.isEmpty()
          || !(page.get().body().get("events") instanceof Json.Arr(List<Json> items))
          || items.isEmpty()) {
        return log;
      }
      items.forEach(item -> log.add(LoggedEvent.read((Json.Obj) item)));
    }
  }

  private RunEvidence.Rendered rendered(Dealings run, int node, String format) {
    String target = "/internal/v1/runs/" + run.runId() + "/stream?format=" + format;
    RuntimeClient client = callers.all().get(node);
    for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      try {
        Optional<String> text = whole(client.download(target), run);
        if (text.isPresent()) {
          return new RunEvidence.Rendered("node-" + (node + 1), format, text.get());
        }
      } catch (RuntimeUnreachable | IOException e) {
        callers.answers().unanswered();
      }
      Callers.pause();
    }
    return new RunEvidence.Rendered("node-" + (node + 1), format, "(no stream)");
  }

  /// Empty when the call is to be repeated.
  private Optional<String> whole(HttpResponse<InputStream> response, Dealings run)
      throws IOException {
    try (InputStream body = response.body()) {
      if (response.statusCode() == 200) {
        return Optional.of(Blocks.of(new String(body.readAllBytes(), StandardCharsets.UTF_8)));
      }
      Reply refusal = Reply.read(response.statusCode(), body);
      return callers.answers().toRepeat(Call.STREAM, run.runId().toString(), refusal)
          ? Optional.empty()
          : Optional.of("(refused: " + refusal.problem() + ")");
    }
  }
}
