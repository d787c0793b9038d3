package com.openagents.runtime.app.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Customers who deal with one run after the other, and followers of every run. Thread-safe.
final class Crowd {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final int UNREAD_PER_CUSTOMER_MAX = 6;

  private final Callers callers;
  private final int customers;
  private final Consumer<Breach> breaches;
  private final Queue<Dealings> runs = new ConcurrentLinkedQueue<>();
  private final Set<Dealings> unread = ConcurrentHashMap.newKeySet();
  private final AtomicInteger dealing = new AtomicInteger();
  private final AtomicInteger following = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean last;

  private Crowd(Callers callers, int customers, Consumer<Breach> breaches) {
    this.callers = callers;
    this.customers = customers;
    this.breaches = breaches;
  }

  /// @param seed of the customers' whims
  /// @param breaches is told of everyone who could not go on; thread-safe
  static Crowd gather(Callers callers, int customers, long seed, Consumer<Breach> breaches) {
    Crowd crowd = new Crowd(callers, customers, breaches);
    for (int number = 1; number <= customers; number++) {
      RandomGenerator random = Dice.of(seed * 1000 + number);
      crowd.dealing.incrementAndGet();
      crowd.threads.execute(() -> crowd.live(random));
    }
    return crowd;
  }

  private void live(RandomGenerator random) {
    Customer customer = new Customer(callers, random);
    try {
      while (!last && !callers.closed()) {
        if (unread.size() < UNREAD_PER_CUSTOMER_MAX * customers) {
          deal(customer, random);
        }
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
    } catch (RuntimeException | Error e) {
      breaches.accept(Breach.cutShort("customers", "one went away", e));
    } finally {
      dealing.decrementAndGet();
    }
  }

  private void deal(Customer customer, RandomGenerator random) {
    Dealings run = Customer.newRun(random.nextBoolean() ? "assistant" : "echo");
    List<Dealings> dealtWith = new ArrayList<>(List.of(run));
    runs.add(run);
    customer.deal(
        run,
        fork -> {
          runs.add(fork);
          dealtWith.add(fork);
        });
    for (Dealings each : dealtWith) {
      if (each.wasStarted()) {
        follow(each, random.nextBoolean() ? Blocks.RAW : Blocks.AI_SDK);
      }
    }
  }

  private void follow(Dealings run, String format) {
    unread.add(run);
    following.incrementAndGet();
    threads.execute(() -> {
      try {
        if (new Follower(callers, run, format).follow()) {
          unread.remove(run);
        }
      } catch (RuntimeException | Error e) {
        breaches.accept(Breach.cutShort(run.runId().toString(), "its reader went away", e));
      } finally {
        following.decrementAndGet();
      }
    });
  }

  /// Customers bring to an end what they began, and begin nothing more.
  void lastRuns() {
    last = true;
  }

  /// Waits until everything was said and every stream was read to its end.
  ///
  /// @return whether that came to be within the time
  boolean awaitQuiet(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (dealing.get() > 0 || following.get() > 0) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    return true;
  }

  /// Runs whose streams nobody has read to their end.
  List<Dealings> unread() {
    return List.copyOf(unread);
  }

  int dealing() {
    return dealing.get();
  }

  List<Dealings> runs() {
    return new ArrayList<>(runs);
  }
}
