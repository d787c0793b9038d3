package com.openagents.runtime.app.drill;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RuntimeClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// One drill from the start of its processes to the judgement. For one thread.
final class Chaos {

  /// Within this, after the last fault, every run has come to its end: a lease time and the
  /// cooldowns before the second and third recovery of one that had bad luck, with room for a slow
  /// machine.
  static final Duration RECOVERY_MAX = Duration.ofSeconds(150);

  private static final Duration START_MAX = Duration.ofMinutes(3);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final Duration TELL_EVERY = Duration.ofSeconds(15);

  private final ChaosSettings settings;
  private final FaultCount count = new FaultCount();
  private final Findings findings = new Findings();

  Chaos(ChaosSettings settings) {
    this.settings = settings;
  }

  ChaosReport run() throws IOException, InterruptedException {
    DrillKeys keys = new DrillKeys();
    settings.progress().accept("starting PostgreSQL and " + settings.nodes() + " nodes");
    try (Workplace workplace = Workplace.make("drill");
        Site site =
            Site.build(workplace, settings.nodes(), settings.faults(), keys, settings.log())) {
      Thread onSignal = Thread.ofPlatform().unstarted(() -> abandon(site, workplace));
      Runtime.getRuntime().addShutdownHook(onSignal);
      if (!site.awaitNodes(START_MAX)) {
        throw new IOException("the nodes did not start within " + START_MAX);
      }
      ChaosReport report = drill(site, keys);
      Runtime.getRuntime().removeShutdownHook(onSignal);
      return report;
    }
  }

  /// Leaves nothing behind when the drill is told to end in the middle.
  private static void abandon(Site site, Workplace workplace) {
    try {
      site.close();
      workplace.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ChaosReport drill(Site site, DrillKeys keys) throws InterruptedException {
    List<RuntimeClient> clients = new ArrayList<>();
    site.nodes()
        .forEach(node -> clients.add(new RuntimeClient(node.address(), keys.credentials())));
    Reply openapi = clients.getFirst().get("/openapi.json");
    Callers callers = new Callers(clients, Answers.documentedBy(openapi.body()));
    Map<Fault, String> missing = missing(site);
    Crowd crowd = Crowd.gather(callers, settings.customers(), settings.seed(), findings::add);
    Duration chaos = rage(site, crowd, settings.faultsBut(missing.keySet()));
    Duration recovery = quieten(crowd);
    Set<Dealings> late = late(crowd);
    look(site);
    judge(crowd, late, new Inspection(callers, site.books()));
    callers.close();
    findings.add(callers.answers().breaches());
    return new ChaosReport(
        settings, chaos, recovery, count, missing, findings, callers.answers(), site.books());
  }

  private Map<Fault, String> missing(Site site) {
    Map<Fault, String> missing = new EnumMap<>(Fault.class);
    if (settings.faults().contains(Fault.DISK) && site.disk().isEmpty()) {
      missing.put(Fault.DISK, "no small disk can be mounted: that needs root on Linux");
    }
    if (settings.faults().contains(Fault.CLOCK) && site.clock(site.nodes().getFirst()).isEmpty()) {
      missing.put(
          Fault.CLOCK,
          "the clock of a process is stepped by Debian's libfaketime, which is not installed");
    }
    return missing;
  }

  /// Faults to processes and faults to all the rest happen beside each other.
  private Duration rage(Site site, Crowd crowd, Set<Fault> kinds) throws InterruptedException {
    long begin = System.nanoTime();
    List<Thread> tracks = new ArrayList<>();
    for (boolean toProcess : new boolean[] {true, false}) {
      List<Fault> some = kinds.stream().filter(k -> k.toProcess() == toProcess).sorted().toList();
      if (!some.isEmpty()) {
        tracks.add(Thread.ofPlatform().start(track(site, some, () -> over(since(begin), kinds))));
      }
    }
    long tell = begin;
    while (tracks.stream().anyMatch(Thread::isAlive)) {
      if (System.nanoTime() > tell) {
        settings
            .progress()
            .accept(
                "%d s: faults %s, runs %d"
                    .formatted(since(begin).toSeconds(), count.all(), crowd.runs().size()));
        tell = System.nanoTime() + TELL_EVERY.toNanos();
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    for (Thread track : tracks) {
      track.join();
    }
    return since(begin);
  }

  private FaultTrack track(Site site, List<Fault> kinds, BooleanSupplier over) {
    FaultPlan plan =
        new FaultPlan(kinds, settings.nodes(), Dice.of(settings.seed() * 31 + kinds.size()));
    Faults faults = new Faults(site, count, settings.progress());
    return new FaultTrack(plan, faults::happen, over, findings::add);
  }

  private boolean over(Duration elapsed, Set<Fault> kinds) {
    return settings.extent().reached(elapsed, count, kinds)
        || elapsed.compareTo(settings.extent().most(kinds)) >= 0;
  }

  /// Nothing is done to help: everybody comes to an end with what was begun.
  private Duration quieten(Crowd crowd) {
    settings
        .progress()
        .accept("the faults are over: waiting for " + crowd.unread().size() + " runs");
    long healed = System.nanoTime();
    crowd.lastRuns();
    if (!crowd.awaitQuiet(RECOVERY_MAX) && crowd.dealing() > 0) {
      findings.add(new Breach(Law.RECOVERED, "customers", crowd.dealing() + " got no answer"));
    }
    return since(healed);
  }

  /// The runs that did not come to their end, each of which is a breach.
  private Set<Dealings> late(Crowd crowd) {
    Set<Dealings> late = Set.copyOf(crowd.unread());
    late.forEach(run ->
        findings.add(
            new Breach(
                Law.RECOVERED, run.runId().toString(), "nobody read its stream to the end")));
    return late;
  }

  /// The nodes are started again by their keepers.
  private void look(Site site) {
    if (!site.awaitNodes(RECOVERY_MAX)) {
      findings.add(new Breach(Law.RECOVERED, "nodes", "not all of them serve"));
    }
    for (KeptNode node : site.nodes()) {
      if (node.endedAlone() > 0) {
        findings.add(
            new Breach(
                Law.RECOVERED, node.name(), "it ended by itself, " + node.endedAlone() + " times"));
      }
    }
  }

  private void judge(Crowd crowd, Set<Dealings> late, Inspection inspection) {
    List<Dealings> runs =
        crowd.runs().stream().filter(run -> run.wasStarted() && !late.contains(run)).toList();
    settings.progress().accept("judging " + runs.size() + " runs");
    new Judges(inspection::of, findings).judge(runs);
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
