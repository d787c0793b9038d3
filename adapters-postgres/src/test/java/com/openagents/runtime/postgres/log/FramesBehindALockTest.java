package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.frame;
import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Duplicate;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.Drafts;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Frames that are written together, and wait for their run while somebody else writes one of them.
@Tag("G4")
@Tag("scenario-9")
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class FramesBehindALockTest {

  private static final RunId RUN = runId(1);

  private final TestDatabase database;
  private final PostgresEventLog log;
  private final Session other;

  FramesBehindALockTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    log = new PostgresEventLog(database.pools().executing(), database.pools().serving());
    other = new Session(database);
  }

  @BeforeEach
  void another_has_begun_to_write_one_of_them() throws Exception {
    log.append(Drafts.start(RUN));
    other.sql("begin");
    assertThat(other.append(frame(RUN, "b", "b"))).isInstanceOf(Written.class);
  }

  @AfterEach
  void close() {
    other.close();
  }

  private List<Appended> behind(String end) {
    var together = List.of(frame(RUN, "a", "a"), frame(RUN, "b", "b"), frame(RUN, "c", "c"));
    var answer =
        CompletableFuture.supplyAsync(() -> log.append(together), Thread::startVirtualThread);
    other.awaitBlocksSomebody();
    other.sql(end);
    return answer.join();
  }

  private List<Long> sequences() {
    return log.read(RUN, 0, 100).stream().map(StoredEvent::seq).toList();
  }

  @Test
  void what_was_taken_meanwhile_is_not_taken_again() {
    assertThat(behind("commit"))
        .satisfiesExactly(
            taken -> assertThat(((Written) taken).firstSeq()).isEqualTo(3),
            known -> assertThat(known).isEqualTo(new Duplicate(3)),
            taken -> assertThat(((Written) taken).firstSeq()).isEqualTo(4));
    assertThat(sequences()).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void what_was_given_up_meanwhile_is_taken_with_the_others() {
    assertThat(behind("rollback"))
        .extracting(taken -> ((Written) taken).firstSeq())
        .containsExactly(2L, 3L, 4L);
    assertThat(sequences()).containsExactly(1L, 2L, 3L, 4L);
  }
}
