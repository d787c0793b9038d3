package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.testkit.StoreFixture;
import com.openagents.runtime.testkit.log.AppendContract;
import com.openagents.runtime.testkit.log.BatchContract;
import com.openagents.runtime.testkit.log.ForkContract;
import com.openagents.runtime.testkit.log.FrameContract;
import com.openagents.runtime.testkit.log.FramesTogetherContract;
import com.openagents.runtime.testkit.log.LeaseContract;
import com.openagents.runtime.testkit.log.LeaseTableContract;
import com.openagents.runtime.testkit.log.ReadContract;
import com.openagents.runtime.testkit.log.StartContract;
import com.openagents.runtime.testkit.log.WakeContract;
import org.junit.jupiter.api.extension.ExtendWith;

/// The suites of the log over the store that [PlantedStore] names; run by the guards only.
final class LogSuites {

  private LogSuites() {}

  @ExtendWith(PlantedStore.class)
  static class Appends extends AppendContract {
    private final Planted planted;

    Appends(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class Batches extends BatchContract {
    private final Planted planted;

    Batches(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class Wakes extends WakeContract {
    private final Planted planted;

    Wakes(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class Frames extends FrameContract {
    private final Planted planted;

    Frames(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class FramesTogether extends FramesTogetherContract {
    private final Planted planted;

    FramesTogether(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class Starts extends StartContract {
    private final Planted planted;

    Starts(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class Forks extends ForkContract {
    private final Planted planted;

    Forks(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class Leases extends LeaseContract {
    private final Planted planted;

    Leases(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class LeaseTables extends LeaseTableContract {
    private final Planted planted;

    LeaseTables(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class Reads extends ReadContract {
    private final Planted planted;

    Reads(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }
}
