package com.openagents.runtime.app.metrics;

import com.openagents.runtime.http.oidc.IdentityVerdict.Reason;
import com.openagents.runtime.http.oidc.IdentityWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// Counts identity tokens that were turned away, and readings of the keys they are signed with.
/// Thread-safe.
public final class MeteredIdentity implements IdentityWatch {

  private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);
  private final Counter read;
  private final Counter unread;

  public MeteredIdentity(MeterRegistry registry) {
    for (Reason reason : Reason.values()) {
      refused.put(
          reason,
          Counter.builder("runtime.identity.refused")
              .description("Calls whose identity token was missing or turned away, by reason")
              .tag("reason", reason.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    read = readings(registry, "read");
    unread = readings(registry, "failed");
  }

  private static Counter readings(MeterRegistry registry, String outcome) {
    return Counter.builder("runtime.identity.readings")
        .description("Readings of the identity issuer's keys, by what became of them")
        .tag("outcome", outcome)
        .register(registry);
  }

  @Override
  public void refused(Reason why) {
    Counter counter = refused.get(why);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void keysRead(boolean successful) {
    (successful ? read : unread).increment();
  }
}
