package com.openagents.runtime.app.hostile;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.http.client.RuntimeClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// One drill from the start of its processes to the judgement. For one thread.
final class Hostile {

  /// Within this, after the last attack, the service is as it was before the first.
  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(100);

  /// Within this, too, everybody has the right answer.
  private static final Duration SERVED_WITHIN = Duration.ofSeconds(90);

  /// The time of an attack begins when all attackers have come, which takes a busy machine a while.
  private static final Duration REACHED_WITHIN = Duration.ofSeconds(60);

  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  /// All attacks at once last as long as so many alone.
  private static final int ALL_WEIGHS = 3;

  private final HostileSettings settings;
  private final List<Phase> phases = new ArrayList<>();
  private final long begin = System.nanoTime();
  private volatile long servedBy = Long.MAX_VALUE;

  Hostile(HostileSettings settings) {
    this.settings = settings;
  }

  HostileReport run() throws IOException, InterruptedException {
    tell("starting PostgreSQL and the service");
    try (Workplace workplace = Workplace.make("hostile");
        GuardedService service =
            GuardedService.start(workplace, settings.heapMiB(), settings.log())) {
      RuntimeClient attacker =
          new RuntimeClient(service.address(), service.credentials(Quarry.ATTACKER.id()));
      try (BusyRun busy = BusyRun.begin(attacker)) {
        Quarry quarry =
            new Quarry(
                service.address(),
                service.keys().signer(),
                busy.runId(),
                BusyRun.session(attacker));
        return drill(service, quarry);
      }
    }
  }

  private HostileReport drill(GuardedService service, Quarry quarry)
      throws IOException, InterruptedException {
    Set<Attack> alone =
        settings.oneByOne() ? EnumSet.copyOf(settings.attacks()) : EnumSet.noneOf(Attack.class);
    Duration each = settings.time().dividedBy(alone.size() + 1L + ALL_WEIGHS);
    tell("warming up");
    try (Regulars warming = regulars(service)) {
      pass(each);
      requireGood(warming);
    }
    Rest before = Rest.of(service.pid());
    Regulars regulars = regulars(service);
    try (regulars) {
      phase("quiet", EnumSet.noneOf(Attack.class), each, service, quarry, regulars);
      for (Attack attack : alone) {
        phase(attack.word(), EnumSet.of(attack), each, service, quarry, regulars);
      }
      Duration longer = each.multipliedBy(ALL_WEIGHS);
      phase("all", settings.attacks(), longer, service, quarry, regulars);
      tell("the attackers are gone");
      servedBy = System.nanoTime() + SERVED_WITHIN.toNanos();
    }
    tell("everybody else was served");
    Rest after = settled(service, before);
    return new HostileReport(settings, before, phases, after, service.alive(), regulars.wrong());
  }

  private void tell(String what) {
    long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    settings.progress().accept(seconds + " s: " + what);
  }

  private Regulars regulars(GuardedService service) {
    return Regulars.come(
        settings.regulars(),
        service.address(),
        service.credentials(Regular.USER),
        () -> !service.alive() || System.nanoTime() > servedBy);
  }

  private static void requireGood(Regulars warming) throws IOException {
    if (!warming.wrong().isEmpty()) {
      throw new IOException("nobody attacks, and yet " + warming.wrong().getFirst());
    }
  }

  private void phase(
      String name,
      Set<Attack> attacks,
      Duration time,
      GuardedService service,
      Quarry quarry,
      Regulars regulars)
      throws IOException, InterruptedException {
    if (!service.alive()) {
      return;
    }
    Ledger ledger = regulars.turnPage();
    Vitals before = Vitals.of(service.pid());
    long heapBefore = service.heap().begin();
    try (Watch watch = Watch.over(service.pid())) {
      Map<Attack, Tally> tallies;
      long served;
      try (Crew crew = Crew.loose(attacks, quarry, settings.seed())) {
        crew.awaitContact(REACHED_WITHIN);
        long already = ledger.calls().count();
        pass(time);
        served = servedMeanwhile(service, ledger, already);
        tallies = crew.tallies();
      }
      Vitals after = afterwards(service, before);
      Phase phase =
          new Phase(
              name,
              tallies,
              before,
              watch.peak(),
              after,
              service.heap().since(heapBefore),
              ledger,
              served);
      phases.add(phase);
      tell(HostileReport.line(phase));
    }
  }

  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  /// Lets the attack last until somebody else was served all the same, if that ever comes.
  ///
  /// @param already calls that were served before the attackers had come
  private static long servedMeanwhile(GuardedService service, Ledger others, long already) {
    long end = System.nanoTime() + SERVED_WITHIN.toNanos();
    while (others.calls().count() == already && service.alive() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    return others.calls().count() - already;
  }

  /// What is left when the attackers' connections have had time to go.
  private static Vitals afterwards(GuardedService service, Vitals before) throws IOException {
    long end = System.nanoTime() + CLOSED_WITHIN.toNanos();
    Vitals now = vitals(service);
    while (now.descriptors() > before.descriptors() + 10 && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      now = vitals(service);
    }
    return now;
  }

  private static Vitals vitals(GuardedService service) throws IOException {
    return service.alive() ? Vitals.of(service.pid()) : Vitals.NONE;
  }

  /// Looks until the service is as it was, or the time is over.
  private static Rest settled(GuardedService service, Rest before)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + SETTLED_WITHIN.toNanos();
    Rest now = before;
    while (service.alive()) {
      now = Rest.of(service.pid());
      if (now.isLike(before) || System.nanoTime() > end) {
        return now;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos() * 10);
    }
    return now;
  }
}
