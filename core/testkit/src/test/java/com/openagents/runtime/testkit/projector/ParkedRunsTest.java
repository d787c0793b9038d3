package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.ParkedRun;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A run whose log could not be read comes back when it can, though nothing happens to it any more.
@Tag("G10")
class ParkedRunsTest {

  private final ProjectedRuns runs = new ProjectedRuns();

  private static final RunId RUN = runId(3);

  private String status() {
    return runs.summary(3).body().get("status") instanceof Json.Str(String status) ? status : "";
  }

  private List<RunId> parked() {
    return runs.store.projections().parked(10_000).stream().map(ParkedRun::runId).toList();
  }

  /// The run ends with what the process that writes cannot read.
  private void endUnread() {
    runs.goOn(3);
    runs.store.log().append(Append.of(RUN, Precondition.OPEN, List.of(new RunCompleted())));
    runs.scan.spoil(RUN, 3);
    runs.projector.follow(runs.epoch());
    assertThat(parked()).endsWith(RUN);
    assertThat(status()).isEqualTo("running");
  }

  @Test
  void who_writes_next_and_can_read_it_tells_how_it_ended() {
    endUnread();
    runs.scan.mend();
    runs.projector.follow(runs.epoch());
    assertThat(status()).as("nothing happens to it any more").isEqualTo("running");
    runs.raise();
    assertThat(runs.projector.retry(runs.epoch()).events()).isEqualTo(1);
    assertThat(status()).isEqualTo("completed");
    assertThat(parked()).isEmpty();
    runs.settle();
    assertThat(runs.comparison.of(runs.store.scan().runs(null, 10))).isEmpty();
  }

  @Test
  void who_cannot_read_it_either_leaves_it_as_it_is() {
    endUnread();
    assertThat(runs.projector.retry(runs.epoch()).events()).isEqualTo(1);
    assertThat(parked()).containsExactly(RUN);
    assertThat(status()).isEqualTo("running");
  }

  @Test
  void an_operator_has_it_told_again() {
    endUnread();
    runs.scan.mend();
    runs.store.rebuilds().request(new Request(new Scope.OneRun(RUN), false, "operator:test"));
    runs.settle();
    assertThat(status()).isEqualTo("completed");
    assertThat(parked()).isEmpty();
  }

  @Test
  void all_that_are_parked_are_tried_however_many_they_are() {
    List<ParkedRun> many =
        IntStream.rangeClosed(100, 2_600)
            .mapToObj(run -> new ParkedRun(runId(run), 1, "it is not there"))
            .toList();
    runs.store
        .projections()
        .commit(runs.epoch(), new Commit(Map.of(), List.of(), List.of(), many, null));
    endUnread();
    runs.scan.mend();
    runs.projector.retry(runs.epoch());
    assertThat(status()).isEqualTo("completed");
  }
}
