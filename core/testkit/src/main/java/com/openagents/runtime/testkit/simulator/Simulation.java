package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.testkit.generate.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One play of nodes, clients and faults under a seed, from the first start to the last end.
///
/// @param seed decides who goes on at each step, and all that is left to chance in the play itself
/// @param nodes how many processes share the store
/// @param conversations a fork comes after its original, or it is left out
/// @param retention after which pieces of texts age out while somebody reads them; null for never
/// @param bug what stands between the nodes and the honest store: nothing, or a bug
public record Simulation(
    long seed,
    int nodes,
    List<Conversation> conversations,
    @Nullable Duration retention,
    Faults faults,
    UnaryOperator<StoreParts> bug) {

  private static final int STEPS_MAX = 20_000;
  private static final int NODES_MAX = 4;
  private static final int CONVERSATIONS_MAX = 4;
  private static final int FORKS_ONE_IN = 3;
  private static final int AGES_ONE_IN = 4;
  private static final int RETENTION_MILLIS_MAX = 8_000;

  /// How rare faults are, from play to play; and how rare those of wake-ups.
  private static final List<Integer> EVERY_CALL = List.of(30, 60, 120, 400, 10_000);

  private static final List<Integer> EVERY_WAKE_UP = List.of(2, 3, 10, 10_000);

  public Simulation {
    conversations = settled(conversations);
  }

  private static List<Conversation> settled(List<Conversation> wanted) {
    List<Conversation> settled = new ArrayList<>();
    for (Conversation each : wanted) {
      if (each.forkOf() == null) {
        settled.add(each);
      } else {
        named(settled, each.forkOf()).map(each::under).ifPresent(settled::add);
      }
    }
    return List.copyOf(settled);
  }

  private static Optional<Conversation> named(List<Conversation> all, @Nullable RunId runId) {
    return all.stream().filter(each -> each.runId().equals(runId)).findFirst();
  }

  /// What every play is held against, as [Failure#law] names it.
  public static List<String> laws() {
    return PlayLaws.ALL;
  }

  /// Up to four nodes and conversations, and faults that are frequent or rare.
  public static Simulation random(long seed) {
    RandomGenerator random = Seeds.random(seed);
    int nodes = 1 + random.nextInt(NODES_MAX);
    return new Simulation(
        seed,
        nodes,
        conversations(random),
        random.nextInt(AGES_ONE_IN) == 0
            ? Duration.ofMillis(1 + random.nextInt(RETENTION_MILLIS_MAX))
            : null,
        Faults.random(random.nextLong(), any(random, EVERY_CALL), any(random, EVERY_WAKE_UP)),
        UnaryOperator.identity());
  }

  /// Some begin as forks of those before them.
  private static List<Conversation> conversations(RandomGenerator random) {
    List<Conversation> all = new ArrayList<>();
    int count = 1 + random.nextInt(CONVERSATIONS_MAX);
    for (int number = 1; number <= count; number++) {
      boolean forks = number > 1 && random.nextInt(FORKS_ONE_IN) == 0;
      all.add(
          forks
              ? Conversation.fork(random, number, all.get(random.nextInt(all.size())))
              : Conversation.random(random, number));
    }
    return all;
  }

  private static int any(RandomGenerator random, List<Integer> all) {
    return all.get(random.nextInt(all.size()));
  }

  /// The same with a bug in the log.
  public Simulation over(UnaryOperator<EventLog> log) {
    return overStore(parts -> new StoreParts(log.apply(parts.log()), parts.ageing()));
  }

  /// The same with a bug anywhere in the store.
  public Simulation overStore(UnaryOperator<StoreParts> other) {
    return new Simulation(seed, nodes, conversations, retention, faults, other);
  }

  public Simulation with(Faults others) {
    return new Simulation(seed, nodes, conversations, retention, others, bug);
  }

  Simulation with(List<Conversation> others) {
    return new Simulation(seed, nodes, others, retention, faults, bug);
  }

  Simulation withNodes(int count) {
    return new Simulation(seed, count, conversations, retention, faults, bug);
  }

  Simulation withSeed(long other) {
    return new Simulation(other, nodes, conversations, retention, faults, bug);
  }

  /// The same without ageing, and without those who read meanwhile.
  Simulation withoutAgeing() {
    return new Simulation(seed, nodes, conversations, null, faults, bug);
  }

  /// Plays to the end and checks every law.
  ///
  /// @throws Failure when a law is broken, when it does not come to an end, or when the code of a
  ///   node fails by itself
  public Played play() {
    World world = new World(seed, faults, retention, bug);
    List<SimulatedClient> clients = conversations.stream().map(c -> client(world, c)).toList();
    List<SimulatedReader> readers =
        retention == null
            ? List.of()
            : conversations.stream().map(c -> new SimulatedReader(world, c.runId())).toList();
    try {
      IntStream.rangeClosed(1, nodes).forEach(n -> world.start("node-" + n));
      clients.forEach(SimulatedClient::begin);
      readers.forEach(SimulatedReader::begin);
      world.lockstep().run(() -> over(world, clients, readers), STEPS_MAX);
      Judgement judgement = new Judgement(world, clients, readers);
      judgement.pass();
      return new Played(judgement.runs(), judgement.sights(), world.course());
    } catch (Defect defect) {
      throw new Failure(this, defect.kind(), defect, world.course());
    } catch (RuntimeException e) {
      Defect unreadable = Defect.of("the reader of the logs", e);
      throw new Failure(this, unreadable.kind(), unreadable, world.course());
    } finally {
      world.end(
          Stream.concat(
                  clients.stream().map(SimulatedClient::place),
                  readers.stream().map(SimulatedReader::place))
              .toList());
    }
  }

  private SimulatedClient client(World world, Conversation wanted) {
    return new SimulatedClient(world, wanted, named(conversations, wanted.forkOf()).orElse(null));
  }

  private boolean over(World world, List<SimulatedClient> clients, List<SimulatedReader> readers) {
    return clients.stream().allMatch(SimulatedClient::done)
        && conversations.stream().allMatch(wanted -> ended(world, wanted.runId()))
        && readers.stream().allMatch(SimulatedReader::done);
  }

  private static boolean ended(World world, RunId runId) {
    return world.witness().head(runId).filter(head -> head.columns().run().ended()).isPresent();
  }
}
