package com.openagents.runtime.app.cli;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunRules;
import com.openagents.runtime.seal.Bundle;
import com.openagents.runtime.seal.Sealer;
import com.openagents.runtime.seal.Signer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// The bundle of a run that failed at once.
final class ExportedRun {
  static final RunId RUN = RunId.parse("0190a0c0-0000-7000-8000-000000000001");

  private static final RunSpec SPEC =
      new RunSpec(
          new ThreadId("thread-1"),
          new Principal.User(1),
          new RunSpec.AgentRef("echo", 1),
          RunSpec.Lifecycle.TURN,
          RunSpec.WhileBusy.ENQUEUE,
          new RunSpec.Session(null, true),
          RunSpec.ToolPolicy.OPEN,
          null,
          null,
          null,
          null);

  private ExportedRun() {}

  static byte[] sealedBy(Signer signer) throws IOException {
    var clock = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
    var store = new InMemoryStore(clock);
    Run run = new Run.Absent();
    for (RunEvent event :
        List.of(
            new RunCreated(SPEC, Digest.ofText("")),
            new RunFailed(ReasonClass.DEADLINE_EXCEEDED, "too late"))) {
      run = RunRules.evolve(run, event);
      var expected = event instanceof RunCreated ? Precondition.FRESH : Precondition.NONE;
      store.log().append(Append.of(RUN, expected, List.of(event)).with(new Columns(run, 0)));
    }
    var seal = new Sealer(store.log(), store.seals(), signer, clock).seal(RUN).orElseThrow();
    var bundle = new ByteArrayOutputStream();
    Bundle.write(store.log(), store.seals(), RUN, seal, bundle);
    return bundle.toByteArray();
  }
}
