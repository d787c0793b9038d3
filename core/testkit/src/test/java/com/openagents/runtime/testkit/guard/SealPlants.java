package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.log.Seals.Seal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Bugs of seals.
final class SealPlants {

  private SealPlants() {}

  static List<Plant> all() {
    return Stream.of(finding(), keeping()).flatMap(List::stream).toList();
  }

  private static List<Plant> finding() {
    return List.of(
        plant("a later seal replaces the first", "the_first_seal_stays", _ -> new LatestSeals()),
        plant("only one key is told", "every_key_that_sealed_is_told_once", OneKey::new),
        plant(
            "of several seals one is kept",
            "several_seals_are_kept_at_once_and_the_first_of_each_stays",
            OneOfSeveral::new),
        plant("one seal is shown for all runs", "a_run_is_sealed_alone", OneSeal::new),
        plant(
            "whoever sealed is shown the seal of its own",
            "of_concurrent_seals_one_stays_for_everybody",
            OwnSeals::new));
  }

  private static List<Plant> keeping() {
    return List.of(
        kept(
            "the time of a seal is kept in seconds",
            s ->
                new Seal(
                    s.throughSeq(),
                    s.count(),
                    s.head(),
                    s.keyId(),
                    s.signature(),
                    s.at().truncatedTo(ChronoUnit.SECONDS))),
        kept(
            "a seal counts as many events as its last sequence",
            s ->
                new Seal(
                    s.throughSeq(), s.throughSeq(), s.head(), s.keyId(), s.signature(), s.at())),
        kept(
            "the last hash is hashed again",
            s ->
                new Seal(
                    s.throughSeq(),
                    s.count(),
                    Digest.of(s.head().bytes()),
                    s.keyId(),
                    s.signature(),
                    s.at())),
        kept(
            "the name of a key is kept in small letters",
            s ->
                new Seal(
                    s.throughSeq(),
                    s.count(),
                    s.head(),
                    s.keyId().toLowerCase(Locale.ROOT),
                    s.signature(),
                    s.at())),
        kept(
            "a signature is kept with padding",
            s ->
                new Seal(
                    s.throughSeq(),
                    s.count(),
                    s.head(),
                    s.keyId(),
                    s.signature() + "=".repeat(-s.signature().length() & 3),
                    s.at())));
  }

  private static Plant plant(String bug, String caughtBy, UnaryOperator<Seals> spoiled) {
    return new Plant(
        bug,
        SideSuites.SealStores.class,
        caughtBy,
        planted -> planted.seals = spoiled.apply(planted.seals));
  }

  private static Plant kept(String bug, UnaryOperator<Seal> kept) {
    return plant(
        bug,
        "a_seal_comes_back_as_it_was",
        honest ->
            new PassedOnSeals(honest) {
              @Override
              public void save(Map<RunId, Seal> seals) {
                seals.forEach((runId, seal) -> honest.save(runId, kept.apply(seal)));
              }
            });
  }

  private static final class LatestSeals implements Seals {
    private final Map<RunId, Seal> latest = new ConcurrentHashMap<>();

    @Override
    public void save(Map<RunId, Seal> seals) {
      latest.putAll(seals);
    }

    @Override
    public Optional<Seal> find(RunId runId) {
      return Optional.ofNullable(latest.get(runId));
    }

    @Override
    public List<AgedRange> aged(RunId runId) {
      return List.of();
    }

    @Override
    public Set<String> keys() {
      return latest.values().stream().map(Seal::keyId).collect(Collectors.toSet());
    }
  }

  private static final class OneOfSeveral extends PassedOnSeals {
    OneOfSeveral(Seals honest) {
      super(honest);
    }

    @Override
    public void save(Map<RunId, Seal> seals) {
      Map.Entry<RunId, Seal> first = seals.entrySet().iterator().next();
      honest.save(first.getKey(), first.getValue());
    }
  }

  private static final class OneKey extends PassedOnSeals {
    OneKey(Seals honest) {
      super(honest);
    }

    @Override
    public Set<String> keys() {
      return honest.keys().stream().limit(1).collect(Collectors.toSet());
    }
  }

  private static final class OneSeal extends PassedOnSeals {
    private final List<RunId> sealed = new ArrayList<>();

    OneSeal(Seals honest) {
      super(honest);
    }

    @Override
    public void save(Map<RunId, Seal> seals) {
      sealed.addAll(seals.keySet());
      honest.save(seals);
    }

    @Override
    public Optional<Seal> find(RunId runId) {
      return sealed.isEmpty() ? Optional.empty() : honest.find(sealed.getFirst());
    }
  }

  /// Remembers what each caller saved, whether or not it was the first.
  private static final class OwnSeals extends PassedOnSeals {
    private final Map<List<Object>, Seal> own = new ConcurrentHashMap<>();

    OwnSeals(Seals honest) {
      super(honest);
    }

    @Override
    public void save(Map<RunId, Seal> seals) {
      seals.forEach((runId, seal) -> own.putIfAbsent(List.of(Thread.currentThread(), runId), seal));
      honest.save(seals);
    }

    @Override
    public Optional<Seal> find(RunId runId) {
      return Optional.ofNullable(own.get(List.<Object>of(Thread.currentThread(), runId)))
          .or(() -> honest.find(runId));
    }
  }
}
