package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.testkit.generate.Seeds;
import com.openagents.runtime.testkit.law.Law;
import com.openagents.runtime.testkit.law.Laws;
import com.openagents.runtime.testkit.law.RunEvidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One play of nodes, clients and faults under a seed, from the first start to the last end.
///
/// @param seed decides who goes on at each step, and all that is left to chance in the play itself
/// @param nodes how many processes share the store
/// @param log what stands between the nodes and the honest log: nothing, or a bug
public record Simulation(
    long seed,
    int nodes,
    List<Conversation> conversations,
    Faults faults,
    UnaryOperator<EventLog> log) {

  private static final int STEPS_MAX = 20_000;
  private static final int PAGE = 10_000;
  private static final int NODES_MAX = 4;
  private static final int CONVERSATIONS_MAX = 4;

  /// How rare faults are, from play to play; and how rare those of wake-ups.
  private static final List<Integer> EVERY_CALL = List.of(30, 60, 120, 400, 10_000);

  private static final List<Integer> EVERY_WAKE_UP = List.of(2, 3, 10, 10_000);

  public Simulation {
    conversations = List.copyOf(conversations);
  }

  /// Up to four nodes and conversations, and faults that are frequent or rare.
  public static Simulation random(long seed) {
    RandomGenerator random = Seeds.random(seed);
    int nodes = 1 + random.nextInt(NODES_MAX);
    int conversations = 1 + random.nextInt(CONVERSATIONS_MAX);
    return new Simulation(
        seed,
        nodes,
        IntStream.rangeClosed(1, conversations)
            .mapToObj(n -> Conversation.random(random, n))
            .toList(),
        Faults.random(random.nextLong(), any(random, EVERY_CALL), any(random, EVERY_WAKE_UP)),
        UnaryOperator.identity());
  }

  private static int any(RandomGenerator random, List<Integer> all) {
    return all.get(random.nextInt(all.size()));
  }

  /// The same with a bug in it.
  public Simulation over(UnaryOperator<EventLog> bug) {
    return new Simulation(seed, nodes, conversations, faults, bug);
  }

  public Simulation with(Faults others) {
    return new Simulation(seed, nodes, conversations, others, log);
  }

  Simulation with(List<Conversation> others) {
    return new Simulation(seed, nodes, others, faults, log);
  }

  Simulation withNodes(int count) {
    return new Simulation(seed, count, conversations, faults, log);
  }

  Simulation withSeed(long other) {
    return new Simulation(other, nodes, conversations, faults, log);
  }

  /// Plays to the end and checks every law.
  ///
  /// @throws Failure when a law is broken, when it does not come to an end, or when the code of a
  ///   node fails by itself
  public Played play() {
    World world = new World(Seeds.random(~seed), faults, log);
    List<SimulatedClient> clients =
        conversations.stream().map(wanted -> new SimulatedClient(world, wanted)).toList();
    try {
      IntStream.rangeClosed(1, nodes).forEach(n -> world.start("node-" + n));
      clients.forEach(SimulatedClient::begin);
      world.lockstep().run(() -> over(world, clients), STEPS_MAX);
      List<RunEvidence> runs = evidence(world, clients);
      for (int i = 0; i < runs.size(); i++) {
        check(runs.get(i), laws(world, clients.get(i)));
      }
      return new Played(runs, world.course());
    } catch (Defect defect) {
      throw new Failure(this, defect.kind(), defect, world.course());
    } catch (RuntimeException e) {
      Defect unreadable = Defect.of("the reader of the logs", e);
      throw new Failure(this, unreadable.kind(), unreadable, world.course());
    } finally {
      world.end(clients.stream().map(SimulatedClient::place).toList());
    }
  }

  private static void check(RunEvidence run, List<Law> laws) {
    for (Law law : laws) {
      String who = GatedLog.shown(run.head().runId());
      law.breach()
          .apply(run)
          .ifPresent(how -> {
            throw new Defect(law.name(), who + ": " + how, null);
          });
    }
  }

  /// The laws of all runs, and those that depend on what was wanted of the run and on what it met.
  private static List<Law> laws(World world, SimulatedClient client) {
    Conversation wanted = client.wanted();
    ProviderBooks books = world.books();
    return Stream.concat(
            Laws.all().stream(),
            Stream.of(
                new Law(
                    "what is approved was approved by its owner, and what ran out is denied",
                    run -> ApprovalLaw.breach(run, client.verdicts())),
                new Law(
                    "it says what an undisturbed run says",
                    run -> new SaysLaw(run, wanted, books.failed(wanted.runId())).breach()),
                new Law("the provider was asked for what a model said", books::breach)))
        .toList();
  }

  private boolean over(World world, List<SimulatedClient> clients) {
    return clients.stream().allMatch(SimulatedClient::done)
        && conversations.stream()
            .allMatch(wanted -> head(world, wanted.runId()).filter(Simulation::ended).isPresent());
  }

  private static boolean ended(RunHead head) {
    return head.columns().run().ended();
  }

  private static Optional<RunHead> head(World world, RunId runId) {
    return world.witness().head(runId);
  }

  private List<RunEvidence> evidence(World world, List<SimulatedClient> clients) {
    List<RunEvidence> runs = new ArrayList<>();
    for (int i = 0; i < conversations.size(); i++) {
      RunId runId = conversations.get(i).runId();
      List<StoredEvent> log = world.witness().read(runId, 0, PAGE);
      runs.add(
          new RunEvidence(
              head(world, runId).orElseThrow().asOf(Instant.EPOCH),
              log.stream().map(EventCodec::decode).toList(),
              world.witness().writesOf(runId),
              clients.get(i).promises()));
    }
    return runs;
  }
}
