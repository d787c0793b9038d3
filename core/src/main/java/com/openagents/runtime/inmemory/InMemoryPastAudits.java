package com.openagents.runtime.inmemory;

import com.openagents.runtime.projection.PastAudit;
import com.openagents.runtime.projection.PastAudit.Found;
import com.openagents.runtime.projection.PastAudit.Sample;
import com.openagents.runtime.projection.PastAudits;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What the last audits found, in memory. Thread-safe.
final class InMemoryPastAudits implements PastAudits {

  private final InstantSource clock;
  private final SequencedMap<Sample, PastAudit> newestLast = new LinkedHashMap<>();

  InMemoryPastAudits(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void keep(Sample sample, Found found) {
    PastAudit audit = new PastAudit(sample, found, clock.instant().truncatedTo(ChronoUnit.MICROS));
    newestLast.putLast(sample, audit);
  }

  @Override
  public synchronized List<PastAudit> latest() {
    return new ArrayList<>(newestLast.sequencedValues().reversed());
  }
}
