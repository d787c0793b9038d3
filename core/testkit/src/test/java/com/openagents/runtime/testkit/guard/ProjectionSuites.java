package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.testkit.ProjectionFixture;
import com.openagents.runtime.testkit.SinkFixture;
import com.openagents.runtime.testkit.projection.KnownSinksContract;
import com.openagents.runtime.testkit.projection.LogScanContract;
import com.openagents.runtime.testkit.projection.PastAuditsContract;
import com.openagents.runtime.testkit.projection.ProjectionSinkContract;
import com.openagents.runtime.testkit.projection.ProjectionStoreContract;
import com.openagents.runtime.testkit.projection.ReadRowsContract;
import com.openagents.runtime.testkit.projection.RebuildsContract;
import com.openagents.runtime.testkit.projection.SinkBookContract;
import com.openagents.runtime.testkit.projection.SinkStreamsContract;
import com.openagents.runtime.testkit.projection.WriterLeasesContract;
import org.junit.jupiter.api.extension.ExtendWith;

/// The suites of kept documents and of sinks over the store that [PlantedStore] names; run by the
/// guards only.
final class ProjectionSuites {

  private ProjectionSuites() {}

  @ExtendWith(PlantedStore.class)
  static class Scans extends LogScanContract {
    private final Planted planted;

    Scans(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected ProjectionFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class KeptDocuments extends ProjectionStoreContract {
    private final Planted planted;

    KeptDocuments(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected ProjectionFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class Rows extends ReadRowsContract {
    private final Planted planted;

    Rows(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected ProjectionFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class SinkBooks extends SinkBookContract {
    private final Planted planted;

    SinkBooks(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected ProjectionFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class RegisteredSinks extends KnownSinksContract {
    private final Planted planted;

    RegisteredSinks(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected ProjectionFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class StreamsOfSinks extends SinkStreamsContract {
    private final Planted planted;

    StreamsOfSinks(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected ProjectionFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class Writers extends WriterLeasesContract {
    private final Planted planted;

    Writers(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected ProjectionFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class KeptRebuilds extends RebuildsContract {
    private final Planted planted;

    KeptRebuilds(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected ProjectionFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class KeptAudits extends PastAuditsContract {
    private final Planted planted;

    KeptAudits(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected ProjectionFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class Sinks extends ProjectionSinkContract {
    private final Planted planted;

    Sinks(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected SinkFixture openSink() {
      return planted.alone();
    }
  }
}
