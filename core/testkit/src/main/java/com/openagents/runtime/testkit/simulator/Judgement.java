package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.testkit.law.Law;
import com.openagents.runtime.testkit.law.Laws;
import com.openagents.runtime.testkit.law.RunEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Holds what a play left behind against all laws: those of every run, and those that depend on
/// what was wanted of a run and on what it met.
final class Judgement {

  private static final RunIndex.Query ALL = new RunIndex.Query(null, null, null, null, null, 100);

  private final World world;
  private final List<SimulatedClient> clients;
  private final List<SimulatedReader> readers;
  private final Map<RunId, RunEvidence> runs = new LinkedHashMap<>();

  Judgement(World world, List<SimulatedClient> clients, List<SimulatedReader> readers) {
    this.world = world;
    this.clients = clients;
    this.readers = readers;
    clients.forEach(client -> runs.put(client.wanted().runId(), evidence(client)));
  }

  private RunEvidence evidence(SimulatedClient client) {
    RunId runId = client.wanted().runId();
    return new RunEvidence(
        world.witness().head(runId).orElseThrow().asOf(Instant.EPOCH),
        world.witness().whole(runId).stream().map(EventCodec::decode).toList(),
        world.witness().writesOf(runId),
        client.promises());
  }

  private RunEvidence run(RunId runId) {
    return Objects.requireNonNull(runs.get(runId));
  }

  List<RunEvidence> runs() {
    return List.copyOf(runs.values());
  }

  /// @throws Defect when a law is broken
  void pass() {
    clients.forEach(
        client -> laws(client).forEach(law -> check(law, run(client.wanted().runId()))));
    List<RunId> there =
        world.store().index().list(ALL).stream().map(RunHead::runId).sorted().toList();
    if (!there.equals(runs.keySet().stream().sorted().toList())) {
      throw new Defect(PlayLaws.UNASKED, "there are " + there, null);
    }
  }

  private static void check(Law law, RunEvidence run) {
    law.breach()
        .apply(run)
        .ifPresent(how -> {
          throw new Defect(law.name(), GatedLog.shown(run.head().runId()) + ": " + how, null);
        });
  }

  private Stream<Law> laws(SimulatedClient client) {
    Conversation wanted = client.wanted();
    ProviderBooks books = world.books();
    SimulatedFrames frames = client.frames();
    return Stream.of(
            forked(client).stream(),
            Laws.all().stream(),
            Stream.of(
                new Law(PlayLaws.APPROVED, run -> ApprovalLaw.breach(run, client.verdicts())),
                new Law(
                    PlayLaws.SAYS,
                    run -> new SaysLaw(run, wanted, books.failed(wanted.runId())).breach()),
                new Law(PlayLaws.ASKED, books::breach),
                new Law(PlayLaws.FRAMES, new FramesLaw(frames.places(), frames.calls())::breach)),
            aged(wanted.runId()))
        .flatMap(laws -> laws);
  }

  private List<Law> forked(SimulatedClient client) {
    RunId from = client.wanted().forkOf();
    SimulatedFork fork = client.fork();
    if (fork == null || from == null) {
      return List.of();
    }
    RunEvidence original = run(from);
    return List.of(
        new Law(PlayLaws.FORK_BEGINS, new ForkLaw(original, fork.atSeq())::breach),
        new Law(PlayLaws.FORK_RESTS, world.books()::repetition));
  }

  private Stream<Law> aged(RunId runId) {
    Duration retention = world.retention();
    if (retention == null) {
      return Stream.empty();
    }
    List<StoredEvent> left = world.witness().left(runId);
    AgeingLaw ageing = new AgeingLaw(left, world.notes().notesOf(runId), retention);
    SealLaw seal = new SealLaw(world.witness(), world.store().seals(), world.signer());
    return Stream.of(
        new Law(PlayLaws.AGES_OLD, ageing::early),
        new Law(PlayLaws.LEFT, ageing::otherwise),
        new Law(PlayLaws.SEALED, run -> seal.breach(runId)),
        new Law(PlayLaws.READ_WHOLE, this::misread));
  }

  private Optional<String> misread(RunEvidence run) {
    return readers.stream()
        .filter(reader -> reader.runId().equals(run.head().runId()))
        .map(reader -> reader.texts().difference(run.log()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// What the play came across.
  Map<Sight, Long> sights() {
    Map<Sight, Long> sights = new EnumMap<>(Sight.class);
    sights.put(Sight.FORK, clients.stream().filter(client -> client.fork() != null).count());
    sights.put(
        Sight.FRAME_AMONG_OTHERS,
        clients.stream()
            .flatMap(client -> client.frames().calls().stream())
            .mapToLong(List::size)
            .filter(size -> size > 1)
            .sum());
    sights.put(
        Sight.PARTLY_REFUSED, clients.stream().mapToLong(client -> client.frames().partly()).sum());
    sights.put(
        Sight.AGED_PIECE,
        runs.values().stream()
            .mapToLong(
                run -> run.log().size() - (long) world.witness().left(run.head().runId()).size())
            .sum());
    sights.put(Sight.READER, (long) readers.size());
    sights.put(
        Sight.READER_BEGINS_ANEW, readers.stream().mapToLong(SimulatedReader::refused).sum());
    return sights;
  }
}
