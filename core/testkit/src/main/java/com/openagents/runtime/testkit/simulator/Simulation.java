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

/// One play of nodes, clients and faults under a seed, from the first start to the last end.
///
/// @param nodes how many processes share the store
/// @param log what stands between the nodes and the honest log: nothing, or a bug
public record Simulation(
    long seed,
    int nodes,
    List<Conversation> conversations,
    Faults faults,
    UnaryOperator<EventLog> log) {

  /// What a simulation leaves behind.
  ///
  /// @param calls how many calls of ports the nodes made
  /// @param schedule what happened, in order
  public record Played(List<RunEvidence> runs, long calls, List<String> schedule) {}

  private static final int STEPS_MAX = 20_000;
  private static final int PAGE = 10_000;

  public Simulation {
    conversations = List.copyOf(conversations);
  }

  /// Three nodes, three conversations, and up to a dozen faults.
  public static Simulation random(long seed) {
    RandomGenerator random = Seeds.random(seed);
    return new Simulation(
        seed,
        3,
        IntStream.rangeClosed(1, 3).mapToObj(n -> Conversation.random(random, n)).toList(),
        Faults.random(random, 40, random.nextInt(13)),
        UnaryOperator.identity());
  }

  public Simulation over(UnaryOperator<EventLog> bug) {
    return new Simulation(seed, nodes, conversations, faults, bug);
  }

  public Simulation with(Faults others) {
    return new Simulation(seed, nodes, conversations, others, log);
  }

  /// Plays to the end and checks every law.
  ///
  /// @throws AssertionError with the seed and the schedule when a law is broken, or when it does
  ///   not come to an end
  public Played play() {
    World world = new World(Seeds.random(~seed), faults, log);
    List<SimulatedClient> clients =
        conversations.stream().map(wanted -> new SimulatedClient(world, wanted)).toList();
    try {
      IntStream.rangeClosed(1, nodes).forEach(n -> world.start("node-" + n));
      clients.forEach(SimulatedClient::begin);
      world.lockstep().run(() -> over(world, clients), STEPS_MAX);
      List<RunEvidence> runs = evidence(world, clients);
      runs.forEach(run -> Laws.all().forEach(law -> law.check(run)));
      IntStream.range(0, runs.size())
          .forEach(i -> laws(world, clients.get(i)).forEach(law -> law.check(runs.get(i))));
      return new Played(runs, world.calls(), world.schedule().lines());
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed %d: %s%n%s".formatted(seed, e.getMessage(), world.schedule().shown()), e);
    } finally {
      world.end(clients.stream().map(SimulatedClient::place).toList());
    }
  }

  /// What depends on what was wanted of the run, and on what it met with.
  private static List<Law> laws(World world, SimulatedClient client) {
    Conversation wanted = client.wanted();
    return List.of(
        new Law(
            "it says what an undisturbed run says",
            run -> new SaysLaw(run, wanted, world.disappointed(wanted.runId())).breach()),
        new Law(
            "what is approved was approved by its owner, and what ran out is denied",
            run -> ApprovalLaw.breach(run, client.verdicts())));
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
