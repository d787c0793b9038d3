package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.RunEvent.RunCancelRequested;
import com.openagents.runtime.log.RunStates;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.testkit.Drafts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Rows that an older or a newer runtime left in the log.
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class OldVersionTest {

  private static final String INSERT =
      """
      with grown as (
        update runtime.runs set last_seq = last_seq + 1 where run_id = ? returning run_id, last_seq
      )
      insert into runtime.events (run_id, seq, occurred_at, version, type, payload)
      select run_id, last_seq, clock_timestamp(), ?, ?, ?::json from grown
      """;

  private final TestDatabase database;
  private final PostgresEventLog log;

  OldVersionTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    log = new PostgresEventLog(database.pools().executing(), database.pools().serving());
    log.append(Drafts.start(runId(1)));
  }

  @Test
  void an_event_of_an_old_version_is_lifted_when_it_is_read() {
    insert(1, "run.cancel_requested", "{\"reason\":\"too slow\"}");
    assertThat(log.read(runId(1), 1, 1)).extracting(e -> e.version()).containsExactly(1);
    Event lifted = decoded().event();
    assertThat(lifted).isInstanceOf(RunCancelRequested.class);
    assertThat(lifted.version()).isEqualTo(2);
    assertThat(((RunCancelRequested) lifted).reason()).isEqualTo("too slow");
    assertThat(((RunCancelRequested) lifted).requestedBy()).isNotEmpty();
    assertThat(RunStates.read(log, runId(1)).run()).isEqualTo(new Run.Canceling());
  }

  @Test
  void an_event_of_an_unknown_version_is_kept_and_folds_to_nothing() {
    insert(99, "run.cancel_requested", "{\"reason\":\"from the future\"}");
    assertThat(decoded().event()).isInstanceOf(Event.Unrecognized.class);
    assertThat(log.readDurable(runId(1), 1, 1)).hasSize(1);
    assertThat(RunStates.read(log, runId(1)).run()).isEqualTo(new Run.Created());
  }

  private void insert(int version, String type, String payload) {
    database.sql(INSERT, runId(1).value(), version, type, payload);
  }

  private Envelope decoded() {
    return EventCodec.decode(log.read(runId(1), 1, 1).getFirst());
  }
}
