package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.access.Nonces;
import com.openagents.runtime.log.Blobs;
import com.openagents.runtime.model.Models;
import com.openagents.runtime.testkit.PortFixture;
import com.openagents.runtime.testkit.StoreFixture;
import com.openagents.runtime.testkit.access.AuditContract;
import com.openagents.runtime.testkit.access.NoncesContract;
import com.openagents.runtime.testkit.access.RevocationsContract;
import com.openagents.runtime.testkit.log.BlobsContract;
import com.openagents.runtime.testkit.log.CheckpointsContract;
import com.openagents.runtime.testkit.log.NodesContract;
import com.openagents.runtime.testkit.log.SealsContract;
import com.openagents.runtime.testkit.model.ModelsContract;
import com.openagents.runtime.token.Revocations;
import org.junit.jupiter.api.extension.ExtendWith;

/// The suites of the smaller ports over the store that [PlantedStore] names; run by the guards
/// only.
final class SideSuites {

  private SideSuites() {}

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
  static class TokenRevocations extends RevocationsContract {
    private final Planted planted;

    TokenRevocations(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected PortFixture<Revocations> openRevocations() {
      return planted.alone(p -> p.revocations);
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
