package com.openagents.runtime.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.testkit.Drafts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The example of the guide to projections is a projection that works.
class ProjectionGuideTest {

  private static final Path GUIDE = Path.of("../../docs/projections.md");
  private static final Path EXAMPLE =
      Path.of("src/test/java/com/openagents/runtime/testkit/guide/ToolCalls.java");

  @Test
  void the_example_is_the_class_that_is_compiled_here() throws IOException {
    String source = Files.readString(EXAMPLE);
    String example = source.substring(source.indexOf("record ToolCalls"));
    assertThat(Files.readString(GUIDE)).contains("```java\n" + example + "```");
  }

  @Test
  void it_counts_the_tools_that_a_run_has_called() {
    InMemoryStore store = new InMemoryStore(new VirtualTime(Instant.parse("2026-01-01T00:00:00Z")));
    RunProjections projections = RunProjections.BUILT_IN.with(new ToolCalls());
    long epoch = store.writers().acquire(Drafts.NODE, Duration.ofMinutes(1)).orElseThrow().epoch();
    Projector projector =
        new Projector(
            store.scan(),
            store.changes(),
            store.projections(),
            projections,
            Projector.Bounds.DEFAULT);
    projector.follow(epoch);
    for (ProjectionId id : projections.ids()) {
      store.projections().begin(epoch, id, 1);
    }
    store.log().append(Drafts.start(Drafts.runId(1)));
    for (String call : List.of("a", "b")) {
      store.log().append(called(call));
      projector.follow(epoch);
    }
    assertThat(
            store
                .projections()
                .find("tool_calls", Drafts.runId(1).toString())
                .map(KeptDocument::document)
                .map(document -> document.body().get("toolCalls")))
        .contains(Json.of(2));
  }

  private static Append called(String id) {
    Event.Known call = new ToolRequested(id, "search", Json.Obj.EMPTY, "none");
    return Append.of(Drafts.runId(1), Precondition.OPEN, List.of(call));
  }
}
