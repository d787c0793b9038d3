package com.openagents.runtime.http.thread;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Contract;
import com.openagents.runtime.http.exchange.Exchange;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.exchange.Route.Method;
import com.openagents.runtime.http.run.Snapshots;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.intake.RunReads;
import com.openagents.runtime.intake.RunReads.Said;
import com.openagents.runtime.intake.RunReads.ThreadState;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The call that reads a conversation.
public final class ReadingThreads {

  private static final Schema STATE =
      Schema.object("ThreadState")
          .field("threadId", Schema.TEXT)
          .fieldIfAny("activeRun", Schema.UUID)
          .field("runs", Schema.listOf(Snapshots.SCHEMA))
          .field(
              "messages",
              Schema.listOf(
                  Schema.object("ThreadMessage")
                      .field("runId", Schema.UUID)
                      .field("seq", Schema.COUNT)
                      .field("speaker", Schema.words(List.of("user", "agent", "note")))
                      .field("text", Schema.TEXT)
                      .field("at", Schema.TIME)
                      .closed()))
          .closed();

  private final RunReads reads;
  private final Snapshots snapshots;

  public ReadingThreads(RunReads reads, Snapshots snapshots) {
    this.reads = reads;
    this.snapshots = snapshots;
  }

  public List<Route> routes() {
    return List.of(
        new Route(
            Method.GET,
            "/internal/v1/threads/{threadId}/state",
            Guard.OWNER,
            new Contract(
                "getThread",
                "What was said in a thread, and its latest runs.",
                List.of(Parameter.THREAD_ID),
                null,
                List.of(Reply.json(200, "As asked.", STATE)),
                Set.of(ProblemCode.NOT_FOUND)),
            this::state));
  }

  private Answer state(Exchange exchange) {
    ThreadState state =
        reads.thread(exchange.threadId(), exchange.sender()).orElseThrow(Problem::notFound);
    return Answer.ok(
        Json.object()
            .put("threadId", state.threadId().value())
            .put("activeRun", state.activeRun() == null ? null : state.activeRun().toString())
            .put("runs", Json.array(state.runs().stream().map(snapshots::of).toList()))
            .put(
                "messages",
                Json.array(state.messages().stream().map(ReadingThreads::message).toList()))
            .build());
  }

  private static Json.Obj message(Said said) {
    return Json.object()
        .put("runId", said.runId().toString())
        .put("seq", said.seq())
        .put("speaker", said.utterance().speaker().name().toLowerCase(Locale.ROOT))
        .put("text", said.utterance().text())
        .put("at", said.at())
        .build();
  }
}
