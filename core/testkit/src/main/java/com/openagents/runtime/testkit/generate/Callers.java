package com.openagents.runtime.testkit.generate;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.access.Caller;
import com.openagents.runtime.access.Claims;
import com.openagents.runtime.access.Membership;
import com.openagents.runtime.access.Presented;
import com.openagents.runtime.access.Verdict;
import com.openagents.runtime.access.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Random callers, what they claim and what is kept of what they did. Not thread-safe.
public final class Callers {

  private final Values some;

  public Callers(RandomGenerator random) {
    some = new Values(random);
  }

  public Claims claims() {
    Instant issued = some.time().truncatedTo(ChronoUnit.SECONDS);
    Claims.Binding binding = binding();
    return new Claims(
        issued,
        issued.plus(Duration.ofSeconds(some.below(300))),
        some.name(),
        some.name(),
        binding,
        roles(),
        binding.principal() == null ? null : some.orNull(this::membership));
  }

  private Membership membership() {
    return new Membership(some.name(), some.orNull(() -> some.oneOf(Membership.Role.class)));
  }

  public Claims.Binding binding() {
    return new Claims.Binding(
        "POST",
        "/" + some.name(),
        some.digest(),
        some.orNull(some::runId),
        some.orNull(some::thread),
        some.orNull(some::principal));
  }

  public Caller caller() {
    return new Caller(
        some.orNull(some::name),
        some.orNull(some::principal),
        roles(),
        some.orNull(some::runId),
        some.orNull(some::thread),
        some.orNull(some::name),
        some.orNull(this::membership));
  }

  private Set<String> roles() {
    return some.chance() ? Set.of(Claims.OPERATOR) : Set.of();
  }

  /// A request whose headers may be anything.
  public Presented presented() {
    return new Presented(
        "GET",
        "/" + some.name(),
        some.digest(),
        some.orNull(some::text),
        some.orNull(some::text),
        some.orNull(some::text),
        some.orNull(some::text));
  }

  public Verification.Unproven unproven() {
    return new Verification.Unproven(some.oneOf(Verdict.Reason.class));
  }

  public Verdict verdict() {
    return some.chance()
        ? new Verdict.Accepted(caller())
        : new Verdict.Refused(some.oneOf(Verdict.Reason.class));
  }

  public Audit.Row row() {
    return new Audit.Row(some.number(), some.time(), entry());
  }

  public Audit.Entry entry() {
    return new Audit.Entry(
        "operator:" + some.name(),
        some.name(),
        some.name(),
        some.orNull(some::text),
        some.orNull(some::json),
        some.orNull(some::json));
  }
}
