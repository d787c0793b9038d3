package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.log.Seals.Seal;
import com.openagents.runtime.seal.Bundle;
import com.openagents.runtime.seal.Report;
import com.openagents.runtime.seal.Sealer;
import com.openagents.runtime.seal.Signer;
import com.openagents.runtime.seal.Verify;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A log from which pieces aged out can be exported and verified: what is missing was signed for.
record SealLaw(EventLog log, Seals seals, Signer signer) {

  Optional<String> breach(RunId runId) {
    Sealer sealer = new Sealer(log, seals, signer, () -> Instant.EPOCH);
    try {
      Optional<Seal> seal = sealer.seal(runId);
      if (seal.isEmpty()) {
        return Optional.of("it cannot be sealed");
      }
      return Signers.verifies(signer) ? breach(runId, seal.get()) : Optional.empty();
    } catch (IllegalStateException unreadable) {
      return Optional.of(String.valueOf(unreadable.getMessage()));
    }
  }

  private Optional<String> breach(RunId runId, Seal seal) {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    try {
      Bundle.write(log, seals, runId, seal, bundle);
      Report report =
          Verify.bundle(new ByteArrayInputStream(bundle.toByteArray()), Set.of(signer.keyId()));
      return report instanceof Report.Intact intact && intact.trusted()
          ? Optional.empty()
          : Optional.of("its bundle is " + report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
