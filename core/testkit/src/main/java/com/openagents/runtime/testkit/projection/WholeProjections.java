package com.openagents.runtime.testkit.projection;

import com.openagents.runtime.testkit.ProjectionFixture;
import org.junit.jupiter.api.Nested;

/// Every suite of the ports that keep documents beside the log, in one class to extend: for the
/// author of an adapter.
///
/// Sinks stand for themselves: [ProjectionSinkContract].
public abstract class WholeProjections {

  /// Opens a store, fresh and empty; each test closes its own.
  protected abstract ProjectionFixture openStore();

  @Nested
  class Scans extends LogScanContract {
    @Override
    protected ProjectionFixture openStore() {
      return WholeProjections.this.openStore();
    }
  }

  @Nested
  class KeptDocuments extends ProjectionStoreContract {
    @Override
    protected ProjectionFixture openStore() {
      return WholeProjections.this.openStore();
    }
  }

  @Nested
  class Rows extends ReadRowsContract {
    @Override
    protected ProjectionFixture openStore() {
      return WholeProjections.this.openStore();
    }
  }

  @Nested
  class SinkBooks extends SinkBookContract {
    @Override
    protected ProjectionFixture openStore() {
      return WholeProjections.this.openStore();
    }
  }

  @Nested
  class RegisteredSinks extends KnownSinksContract {
    @Override
    protected ProjectionFixture openStore() {
      return WholeProjections.this.openStore();
    }
  }

  @Nested
  class StreamsOfSinks extends SinkStreamsContract {
    @Override
    protected ProjectionFixture openStore() {
      return WholeProjections.this.openStore();
    }
  }

  @Nested
  class Writers extends WriterLeasesContract {
    @Override
    protected ProjectionFixture openStore() {
      return WholeProjections.this.openStore();
    }
  }

  @Nested
  class KeptAudits extends PastAuditsContract {
    @Override
    protected ProjectionFixture openStore() {
      return WholeProjections.this.openStore();
    }
  }

  @Nested
  class KeptRebuilds extends RebuildsContract {
    @Override
    protected ProjectionFixture openStore() {
      return WholeProjections.this.openStore();
    }
  }
}
