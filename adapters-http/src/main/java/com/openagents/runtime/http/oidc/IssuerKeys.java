package com.openagents.runtime.http.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.openagents.runtime.canon.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of an issuer, kept in memory.
///
/// A key that is known is found without waiting, also while others wait for the issuer. A key that
/// is not known is looked for at the issuer, at most once every [#PAUSE] for all callers together.
/// Keys are read again once they are older than [#FRESH], behind the callers' backs; while the
/// issuer is away they are good for [#USABLE], about as long as tokens live that it issued before.
/// Thread-safe.
public final class IssuerKeys {

  static final Duration FRESH = Duration.ofMinutes(10);
  static final Duration USABLE = Duration.ofHours(1);
  static final Duration PAUSE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final KeySource source;
  private final Executor executor;
  private final LongSupplier nanos;
  private final IdentityWatch watch;
  private final Duration patience;
  private final AtomicReference<@Nullable Reading> reading = new AtomicReference<>();
  private volatile @Nullable Known known;

  /// @param executor runs a reading, which blocks
  /// @param nanos a clock that only ever goes forward
  public IssuerKeys(
      IssuerDocuments source, Executor executor, LongSupplier nanos, IdentityWatch watch) {
    this(source, executor, nanos, watch, PATIENCE);
  }

  /// @param patience of a caller whose key is not known yet
  IssuerKeys(
      KeySource source,
      Executor executor,
      LongSupplier nanos,
      IdentityWatch watch,
      Duration patience) {
    this.patience = patience;
    this.source = source;
    this.executor = executor;
    this.nanos = nanos;
    this.watch = watch;
  }

  /// Keys that lie in this process, as it publishes them; they never change.
  public static IssuerKeys of(List<Json> published) {
    PublishedKeys keys = PublishedKeys.of(published);
    return new IssuerKeys(() -> keys, Runnable::run, () -> 0, IdentityWatch.UNHEARD, PATIENCE);
  }

  sealed interface Found {
    record Key(JWSVerifier verifier) implements Found {}

    record Unknown() implements Found {}

    /// Nobody can tell, because the issuer does not answer.
    record Unreadable() implements Found {}
  }

  private record Known(PublishedKeys keys, long at) {}

  private record Reading(long begun, CompletableFuture<Boolean> done) {}

  Found find(String keyId, JWSAlgorithm algorithm) {
    JWSVerifier key = usable(keyId, algorithm);
    if (key != null) {
      refreshUnlessFresh();
      return new Found.Key(key);
    }
    boolean successful = await(read());
    JWSVerifier read = usable(keyId, algorithm);
    if (read != null) {
      return new Found.Key(read);
    }
    return successful ? new Found.Unknown() : new Found.Unreadable();
  }

  private @Nullable JWSVerifier usable(String keyId, JWSAlgorithm algorithm) {
    Known current = known;
    return current == null || isOlder(current.at(), USABLE)
        ? null
        : current.keys().find(keyId, algorithm);
  }

  private void refreshUnlessFresh() {
    Known current = known;
    if (current == null || isOlder(current.at(), FRESH)) {
      read();
    }
  }

  private boolean isOlder(long then, Duration age) {
    return nanos.getAsLong() - then >= age.toNanos();
  }

  /// The reading that is under way or ended just now, or else a new one.
  private Reading read() {
    Reading last = reading.get();
    if (last != null && !(last.done().isDone() && isOlder(last.begun(), PAUSE))) {
      return last;
    }
    Reading next = new Reading(nanos.getAsLong(), new CompletableFuture<>());
    if (!reading.compareAndSet(last, next)) {
      return read();
    }
    executor.execute(() -> {
      try {
        next.done().complete(isRead());
      } finally {
        next.done().complete(false);
      }
    });
    return next;
  }

  private boolean isRead() {
    boolean successful = false;
    try {
      known = new Known(source.read(), nanos.getAsLong());
      successful = true;
    } catch (IssuerUnreadable e) {
      LOG.warn("the keys of the identity issuer were not read: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("reading the keys of the identity issuer failed", e);
    }
    watch.keysRead(successful);
    return successful;
  }

  private boolean await(Reading reading) {
    try {
      return reading.done().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
