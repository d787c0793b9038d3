package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.access.Nonces;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// Bugs of remembering nonces.
final class NoncePlants {

  private NoncePlants() {}

  static List<Plant> all() {
    return Stream.of(comparing(), remembering()).flatMap(List::stream).toList();
  }

  private static List<Plant> comparing() {
    return List.of(
        plant(
            "nonces are compared without regard to case",
            "different_nonces_have_nothing_to_do_with_each_other",
            planted -> {
              Nonces honest = planted.nonces;
              return (nonce, issuedAt, expiresAt) ->
                  honest.use(nonce.toLowerCase(Locale.ROOT), issuedAt, expiresAt);
            }),
        plant(
            "nonces are cut at 64 characters",
            "long_nonces_that_begin_alike_are_different",
            planted -> {
              Nonces honest = planted.nonces;
              return (nonce, issuedAt, expiresAt) ->
                  honest.use(nonce.substring(0, Math.min(nonce.length(), 64)), issuedAt, expiresAt);
            }),
        plant(
            "a repetition frees its nonce",
            "a_nonce_is_used_once",
            _ -> {
              Set<String> used = new HashSet<>();
              return (nonce, _, _) -> used.add(nonce) || !used.remove(nonce);
            }),
        plant(
            "of two who use a nonce at once both are the first",
            "of_concurrent_uses_one_is_the_first",
            _ -> new TwoSteps()));
  }

  private static List<Plant> remembering() {
    return List.of(
        plant(
            "nonces from before the memory are taken",
            "a_token_from_before_there_was_a_memory_is_refused",
            _ -> {
              Set<String> used = ConcurrentHashMap.newKeySet();
              return (nonce, _, _) -> used.add(nonce);
            }),
        plant(
            "nonces are forgotten early",
            "a_nonce_is_remembered_until_it_expires",
            planted -> {
              Nonces honest = planted.nonces;
              return (nonce, issuedAt, _) -> honest.use(nonce, issuedAt, issuedAt.plusSeconds(60));
            }),
        plant(
            "only the last hundred nonces are remembered",
            "many_nonces_are_all_remembered",
            _ -> {
              Set<String> last = new LinkedHashSet<>();
              return (nonce, _, _) -> {
                if (last.size() > 100) {
                  last.remove(last.iterator().next());
                }
                return last.add(nonce);
              };
            }),
        plant(
            "the first nonce that expires takes all others along",
            "a_nonce_is_remembered_longer_than_those_that_expire_before_it",
            OneExpiry::new));
  }

  private static Plant plant(String bug, String caughtBy, Function<Planted, Nonces> spoiled) {
    return new Plant(
        bug,
        SideSuites.NonceStores.class,
        caughtBy,
        planted -> planted.nonces = spoiled.apply(planted));
  }

  /// Looks whether a nonce was used and then writes it down.
  private static final class TwoSteps implements Nonces {
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final Meeting<String> meeting = new Meeting<>();

    @Override
    public boolean use(String nonce, Instant issuedAt, Instant expiresAt) {
      boolean first = !used.contains(nonce);
      meeting.other(nonce);
      used.add(nonce);
      return first;
    }
  }

  private static final class OneExpiry implements Nonces {
    private final Planted planted;
    private final Set<String> used = new HashSet<>();
    private Instant soonest = Instant.MAX;

    OneExpiry(Planted planted) {
      this.planted = planted;
    }

    @Override
    public synchronized boolean use(String nonce, Instant issuedAt, Instant expiresAt) {
      if (soonest.isBefore(planted.now())) {
        used.clear();
        soonest = Instant.MAX;
      }
      soonest = expiresAt.isBefore(soonest) ? expiresAt : soonest;
      return used.add(nonce);
    }
  }
}
