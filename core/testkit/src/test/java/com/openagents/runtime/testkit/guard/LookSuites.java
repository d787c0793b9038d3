package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.testkit.StoreFixture;
import com.openagents.runtime.testkit.log.ChangeFeedContract;
import com.openagents.runtime.testkit.log.DueContract;
import com.openagents.runtime.testkit.log.RunIndexContract;
import com.openagents.runtime.testkit.log.ThreadLogContract;
import org.junit.jupiter.api.extension.ExtendWith;

/// The suites of what looks across runs, over the store that [PlantedStore] names; run by the
/// guards only.
final class LookSuites {

  private LookSuites() {}

  @ExtendWith(PlantedStore.class)
  static class Indexes extends RunIndexContract {
    private final Planted planted;

    Indexes(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class Dues extends DueContract {
    private final Planted planted;

    Dues(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class Threads extends ThreadLogContract {
    private final Planted planted;

    Threads(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class Feeds extends ChangeFeedContract {
    private final Planted planted;

    Feeds(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }
}
