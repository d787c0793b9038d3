package com.openagents.runtime.app.hostile;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Attackers at work, from their making until they are called off. Thread-safe.
final class Crew implements AutoCloseable {

  private static final Duration BREATH = Duration.ofMillis(20);

  private final Quarry quarry;
  private final Map<Attack, Tally> tallies = new EnumMap<>(Attack.class);
  private final Set<Wire> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean over;

  private Crew(Quarry quarry) {
    this.quarry = quarry;
  }

  /// Lets attackers of all these kinds loose.
  ///
  /// @param seed of their whims
  static Crew loose(Set<Attack> attacks, Quarry quarry, long seed) {
    Crew crew = new Crew(quarry);
    attacks.forEach(attack -> crew.tallies.put(attack, new Tally()));
    crew.tallies.forEach((attack, tally) -> {
      for (int number = 0; number < attack.crew(); number++) {
        RandomGenerator random = dice(seed * 100_003 + attack.word().hashCode() * 10_007L + number);
        crew.threads.execute(() -> crew.raid(attack.assault(), tally, random));
      }
    });
    return crew;
  }

  private static RandomGenerator dice(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private void raid(Assault assault, Tally tally, RandomGenerator random) {
    while (!over) {
      Wire wire = new Wire(tally, () -> over);
      open.add(wire);
      try (wire) {
        wire.connect(quarry.address());
        assault.strike(wire, quarry, random);
      } catch (IOException e) {
        if (!over) {
          tally.closed();
        }
      } catch (RuntimeException | Error e) {
        tally.brokeOff(e);
      } finally {
        open.remove(wire);
      }
      if (over) {
        tally.held();
      } else {
        LockSupport.parkNanos(BREATH.toNanos());
      }
    }
  }

  /// Waits until attackers of every kind have reached the service, or the time is over.
  void awaitContact(Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    while (!tallies.entrySet().stream().allMatch(each -> each.getKey().reached(each.getValue()))
        && System.nanoTime() < end) {
      LockSupport.parkNanos(BREATH.toNanos());
    }
  }

  Map<Attack, Tally> tallies() {
    return tallies;
  }

  /// Ends every connection; returns when all attackers are gone.
  @Override
  public void close() {
    over = true;
    open.forEach(Wire::close);
    threads.close();
  }
}
