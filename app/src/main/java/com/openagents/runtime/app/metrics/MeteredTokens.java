package com.openagents.runtime.app.metrics;

import com.openagents.runtime.http.token.TokenWatch;
import com.openagents.runtime.token.TokenKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/// Counts tokens, and wishes for tokens that were refused. Thread-safe.
public final class MeteredTokens implements TokenWatch {

  private static final String WRITER = "convex_writer";

  private final MeterRegistry registry;

  public MeteredTokens(MeterRegistry registry) {
    this.registry = registry;
    for (TokenKind kind : TokenKind.values()) {
      for (Outcome outcome : Outcome.values()) {
        counter(kind.wireName(), outcome);
      }
    }
    counter(WRITER, Outcome.ISSUED);
  }

  @Override
  public void asked(TokenKind kind, Outcome outcome) {
    counter(kind.wireName(), outcome).increment();
  }

  /// Hears that a token was made for the writer into Convex.
  public void madeForWriter() {
    counter(WRITER, Outcome.ISSUED).increment();
  }

  private Counter counter(String kind, Outcome outcome) {
    return Counter.builder("runtime.tokens")
        .description("Tokens that were asked for, by what became of it")
        .tag("kind", kind)
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }
}
