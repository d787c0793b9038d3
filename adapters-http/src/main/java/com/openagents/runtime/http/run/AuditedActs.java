package com.openagents.runtime.http.run;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Exchange;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.intake.RunReads;
import com.openagents.runtime.log.RunHead;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Leaves a trace of what operators do to runs; the acts of others leave none but the log's.
final class AuditedActs {

  private final RunReads reads;
  private final Audit audit;

  AuditedActs(RunReads reads, Audit audit) {
    this.reads = reads;
    this.audit = audit;
  }

  RunHead head(Exchange exchange) {
    return reads.head(exchange.runId(), exchange.sender()).orElseThrow(Problem::notFound);
  }

  /// What a run's status was before an operator's act; empty for everyone else's.
  Optional<String> before(Exchange exchange) {
    return exchange.caller().isOperator() ? Optional.of(status(exchange)) : Optional.empty();
  }

  /// Leaves a trace of what an operator did, also of a repetition: its first answer may have been
  /// lost, and the trace with it.
  void record(Exchange exchange, String action, @Nullable String reason, Optional<String> before) {
    before.ifPresent(
        status -> record(exchange, action, reason, state(status), state(status(exchange))));
  }

  /// The same of a run that was forked: the run is as it was, and there is another.
  void recordFork(Exchange exchange, RunId fork, long atSeq, Optional<String> before) {
    before.ifPresent(status ->
        record(
            exchange,
            "run.fork",
            null,
            state(status),
            Json.object()
                .put("status", status(exchange))
                .put("fork", fork.toString())
                .put("atSeq", atSeq)
                .build()));
  }

  private void record(
      Exchange exchange, String action, @Nullable String reason, Json before, Json after) {
    String subject = exchange.runId().toString();
    audit.record(
        new Audit.Entry(exchange.caller().actor(), action, subject, reason, before, after));
  }

  private String status(Exchange exchange) {
    return head(exchange).columns().run().status();
  }

  private static Json state(String status) {
    return Json.object().put("status", status).build();
  }
}
