package com.openagents.runtime.http.model;

import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One HTTP exchange, turned around: what the client pushes is pulled from here, one piece at a
/// time, so that a slow reader slows the provider and no thread stands between them.
final class Attempt implements BodySubscriber<Attempt> {

  sealed interface Signal {}

  record Head(int status, HttpHeaders headers) implements Signal {}

  record Bytes(List<ByteBuffer> buffers) implements Signal {}

  record End() implements Signal {}

  record Broken(Throwable cause) implements Signal {}

  /// Somebody gave the call up.
  record GivenUp() implements Signal {}

  private static final int DRAIN_SECONDS = 5;

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final CompletableFuture<?> exchange;
  private volatile @Nullable Subscription body;
  private volatile boolean draining;

  Attempt(HttpClient client, HttpRequest request) {
    exchange =
        client
            .sendAsync(
                request,
                head -> {
                  signals.add(new Head(head.statusCode(), head.headers()));
                  return this;
                })
            .whenComplete((_, thrown) -> {
              if (thrown != null) {
                signals.add(new Broken(thrown));
              }
            });
  }

  /// Waits for the next signal, or returns null when there is none in time.
  @Nullable Signal await(long nanos) throws InterruptedException {
    return signals.poll(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
  }

  /// Asks for the next piece of the body.
  void more() {
    Subscription subscription = body;
    if (subscription != null) {
      subscription.request(1);
    }
  }

  /// Lets the rest of an answer run out unread, so that its connection can be used again; a
  /// provider that does not end it soon loses the connection.
  void drain() {
    draining = true;
    more();
    CompletableFuture.delayedExecutor(DRAIN_SECONDS, TimeUnit.SECONDS).execute(this::cancel);
  }

  /// Wakes whoever waits, and cancels.
  void giveUp() {
    signals.add(new GivenUp());
    cancel();
  }

  void cancel() {
    exchange.cancel(true);
    Subscription subscription = body;
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public CompletionStage<Attempt> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    body = subscription;
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (draining) {
      more();
    } else {
      signals.add(new Bytes(buffers));
    }
  }

  @Override
  public void onError(Throwable thrown) {
    signals.add(new Broken(thrown));
  }

  @Override
  public void onComplete() {
    signals.add(new End());
  }
}
