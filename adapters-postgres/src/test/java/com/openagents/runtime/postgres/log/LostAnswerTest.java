package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Duplicate;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.postgres.CuttingProxy;
import com.openagents.runtime.postgres.PostgresPools;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.Drafts;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The connection breaks after the commit and before its answer.
@Tag("G4")
@Tag("scenario-11")
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class LostAnswerTest {

  private static final RunId RUN = runId(1);

  private final TestDatabase database;
  private final CuttingProxy proxy;
  private final PostgresPools pools;
  private final Committer committer;

  LostAnswerTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    proxy = new CuttingProxy(database.url());
    pools = PostgresPools.open(database.settings().at(proxy.url()));
    var log = new PostgresEventLog(pools.executing(), pools.serving());
    committer = new Committer(log, 1, 100, (_, _) -> {});
  }

  @AfterEach
  void close() throws IOException {
    committer.close();
    pools.close();
    proxy.close();
  }

  @Test
  void a_frame_that_is_sent_again_is_known() throws Exception {
    committer.append(Drafts.start(RUN));
    Append frame = Drafts.frame(RUN, "f1", "hello");
    loseTheAnswerTo(frame, "select count(*) = 2 from runtime.events");
    assertThat(sentAgain(frame)).isEqualTo(new Duplicate(2));
    assertThat(database.sql("select count(*) from runtime.events")).containsExactly("2");
  }

  @Test
  void a_start_that_is_sent_again_is_known() throws Exception {
    committer.append(Drafts.start(runId(2)));
    loseTheAnswerTo(Drafts.start(RUN), "select count(*) = 2 from runtime.runs");
    assertThat(sentAgain(Drafts.start(RUN))).isEqualTo(new Duplicate(1));
    assertThat(database.sql("select count(*) from runtime.events")).containsExactly("2");
  }

  @Test
  void a_boundary_that_is_decided_again_has_moved() throws Exception {
    committer.append(Drafts.start(RUN));
    Append boundary = Drafts.deltas(RUN, Precondition.OPEN.atSeq(1), "once");
    loseTheAnswerTo(boundary, "select count(*) = 2 from runtime.events");
    assertThat(sentAgain(boundary)).isEqualTo(new Appended.Refused(Appended.Refusal.MOVED, 2, 0));
  }

  @Test
  void a_batch_that_is_sent_again_is_known_write_by_write() throws Exception {
    committer.append(List.of(Drafts.start(RUN), Drafts.start(runId(2))));
    List<Append> batch =
        List.of(Drafts.frame(RUN, "f1", "hello"), Drafts.frame(runId(2), "f1", "hello"));
    proxy.swallowAnswers();
    var answer = CompletableFuture.supplyAsync(() -> committer.append(batch));
    database.await("select count(*) = 4 from runtime.events");
    proxy.cut();
    assertThatThrownBy(answer::get).hasCauseInstanceOf(StoreUnavailable.class);
    assertThat(answered(() -> committer.append(batch)))
        .containsExactly(new Duplicate(2), new Duplicate(2));
  }

  private void loseTheAnswerTo(Append write, String committed) throws Exception {
    proxy.swallowAnswers();
    var answer = CompletableFuture.supplyAsync(() -> committer.append(write));
    database.await(committed);
    proxy.cut();
    assertThatThrownBy(answer::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StoreUnavailable.class);
  }

  private Appended sentAgain(Append write) {
    return answered(() -> committer.append(write));
  }

  /// Asks until there is an answer: the pool may still hold connections that were cut with the
  /// first.
  private static <T> T answered(Supplier<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (StoreUnavailable e) {
        if (attempt == 20) {
          throw e;
        }
      }
    }
  }
}
