package com.openagents.runtime.postgres.log;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.LogScan.From;
import com.openagents.runtime.log.StoreUnavailable;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/// A database that does not answer, behind a read that was begun early.
class LogScanFailuresTest {

  private static final int CLOSED_PORT = 1;

  private static PostgresLogScan nobody() {
    PGSimpleDataSource nobody = new PGSimpleDataSource();
    nobody.setServerNames(new String[] {"127.0.0.1"});
    nobody.setPortNumbers(new int[] {CLOSED_PORT});
    return new PostgresLogScan(nobody);
  }

  @Test
  void what_was_begun_tells_of_the_failure_when_it_is_asked_for() {
    Supplier<List<StoredEvent>> begun =
        nobody().begin(List.of(new From(new RunId(new UUID(0, 1)), 0)), 1, 1, 1);
    assertThatThrownBy(begun::get).isInstanceOf(StoreUnavailable.class);
  }
}
