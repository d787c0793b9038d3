package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.access.Nonces;
import com.openagents.runtime.log.Blobs;
import com.openagents.runtime.model.Models;
import com.openagents.runtime.testkit.PortFixture;
import com.openagents.runtime.testkit.StoreFixture;
import com.openagents.runtime.testkit.access.AuditContract;
import com.openagents.runtime.testkit.access.NoncesContract;
import com.openagents.runtime.testkit.log.AppendContract;
import com.openagents.runtime.testkit.log.BatchContract;
import com.openagents.runtime.testkit.log.BlobsContract;
import com.openagents.runtime.testkit.log.ChangeFeedContract;
import com.openagents.runtime.testkit.log.CheckpointsContract;
import com.openagents.runtime.testkit.log.DueContract;
import com.openagents.runtime.testkit.log.FrameContract;
import com.openagents.runtime.testkit.log.LeaseContract;
import com.openagents.runtime.testkit.log.LeaseTableContract;
import com.openagents.runtime.testkit.log.NodesContract;
import com.openagents.runtime.testkit.log.ReadContract;
import com.openagents.runtime.testkit.log.RunIndexContract;
import com.openagents.runtime.testkit.log.SealsContract;
import com.openagents.runtime.testkit.log.StartContract;
import com.openagents.runtime.testkit.log.ThreadLogContract;
import com.openagents.runtime.testkit.log.WakeContract;
import com.openagents.runtime.testkit.model.ModelsContract;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/// Every suite of the kit over the store that [PlantedStore] names; run by the guards only.
final class Suites {

  private Suites() {}

  static List<Class<?>> all() {
    return List.of(Suites.class.getDeclaredClasses());
  }

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

  @ExtendWith(PlantedStore.class)
  static class CheckpointStores extends CheckpointsContract {
    private final Planted planted;

    CheckpointStores(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class SealStores extends SealsContract {
    private final Planted planted;

    SealStores(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class NodeViews extends NodesContract {
    private final Planted planted;

    NodeViews(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }

  @ExtendWith(PlantedStore.class)
  static class BlobStores extends BlobsContract {
    private final Planted planted;

    BlobStores(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected PortFixture<Blobs> openBlobs() {
      return planted.alone(p -> p.blobs);
    }
  }

  @ExtendWith(PlantedStore.class)
  static class NonceStores extends NoncesContract {
    private final Planted planted;

    NonceStores(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected PortFixture<Nonces> openNonces() {
      return planted.alone(p -> p.nonces);
    }
  }

  @ExtendWith(PlantedStore.class)
  static class Audits extends AuditContract {
    private final Planted planted;

    Audits(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected PortFixture<Audit> openAudit() {
      return planted.alone(p -> p.audit);
    }
  }

  @ExtendWith(PlantedStore.class)
  static class LanguageModels extends ModelsContract {
    private final Planted planted;

    LanguageModels(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected Models models() {
      return planted.models;
    }
  }
}
