package com.openagents.runtime.testkit.inmemory;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.testkit.InMemoryFixture;
import com.openagents.runtime.testkit.PortFixture;
import com.openagents.runtime.testkit.access.AuditContract;

class InMemoryAuditTest extends AuditContract {
  @Override
  protected PortFixture<Audit> openAudit() {
    return InMemoryFixture.of(InMemoryStore::audit);
  }
}
