package com.openagents.runtime.postgres;

import static com.openagents.runtime.testkit.Drafts.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A notifier whose every notification is stopped before it has a connection, and gets none.
class HintNotifierTest {

  private final BlockingQueue<Thread> stopped = new LinkedBlockingQueue<>();
  private final Semaphore go = new Semaphore(0);
  private volatile Exception failure = new SQLException("there is no connection");
  private final HintNotifier notifier = new HintNotifier(withoutConnections(), NODE, Duration.ZERO);

  @AfterEach
  void close() {
    notifier.close();
  }

  @Test
  void commits_that_come_during_a_notification_are_one_more() throws InterruptedException {
    notifier.changed();
    awaitNotification();
    for (int i = 0; i < 1_000; i++) {
      notifier.changed();
    }
    go.release();
    Thread thread = awaitNotification();
    go.release();
    while (stopped.isEmpty() && !rests(thread)) {
      Thread.onSpinWait();
    }
    assertThat(stopped).as("a third notification").isEmpty();
  }

  @Test
  void a_notification_that_fails_is_not_the_last() throws InterruptedException {
    assertNotTheLast();
  }

  private void assertNotTheLast() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      notifier.changed();
      awaitNotification();
      go.release();
    }
  }

  @Test
  void a_notification_that_breaks_off_is_not_the_last() throws InterruptedException {
    failure = new IllegalStateException("the pool cannot be used");
    assertNotTheLast();
  }

  @Test
  void closing_ends_it_whatever_it_waits_for() throws InterruptedException {
    notifier.changed();
    Thread notifying = awaitNotification();
    notifier.close();
    assertThat(notifying.join(Duration.ofSeconds(30))).as("in a notification").isTrue();

    HintNotifier another = new HintNotifier(withoutConnections(), NODE, Duration.ZERO);
    another.changed();
    Thread resting = awaitNotification();
    go.release();
    while (!rests(resting)) {
      Thread.onSpinWait();
    }
    another.close();
    assertThat(resting.join(Duration.ofSeconds(30))).as("between two").isTrue();
  }

  private Thread awaitNotification() throws InterruptedException {
    Thread thread = stopped.poll(30, TimeUnit.SECONDS);
    assertThat(thread).as("the notifier asks for a connection").isNotNull();
    return thread;
  }

  /// Whether the notifier waits for a commit, and not for its go.
  private boolean rests(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        && go.availablePermits() == 0
        && !go.hasQueuedThreads();
  }

  private DataSource withoutConnections() {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, _, _) -> {
              stopped.add(Thread.currentThread());
              try {
                go.acquire();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              throw failure;
            });
  }
}
