package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.token.Revocation;
import com.openagents.runtime.token.Revocations;
import com.openagents.runtime.token.Revoked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Bugs of remembering revoked tokens.
final class RevocationPlants {

  private RevocationPlants() {}

  static List<Plant> all() {
    return Stream.of(looking(), lasting(), ending()).flatMap(List::stream).toList();
  }

  private static List<Plant> looking() {
    return List.of(
        asked(
            "ids of tokens are compared without regard to case",
            "a_token_is_revoked_by_its_id_and_no_other_token_with_it",
            (honest, id, subject) ->
                honest.isRevoked(id, subject)
                    || (id != null && honest.isRevoked(id.toLowerCase(Locale.ROOT), subject))),
        asked(
            "a token that is still to be made is never revoked",
            "every_token_of_a_subject_is_revoked_and_those_of_nobody_else",
            (honest, id, subject) -> id != null && honest.isRevoked(id, subject)),
        asked(
            "an id of a token is taken for a subject",
            "an_id_that_reads_like_a_subject_is_none",
            (honest, id, subject) ->
                honest.isRevoked(id, subject) || honest.isRevoked(subject.key(), subject)),
        asked(
            "guests are never revoked",
            "every_token_of_a_subject_is_revoked_and_those_of_nobody_else",
            (honest, id, subject) ->
                subject instanceof Principal.User && honest.isRevoked(id, subject)));
  }

  private static List<Plant> lasting() {
    return List.of(
        plant(
            "a revocation ends after half its time",
            "a_revocation_lasts_until_its_end",
            planted -> revoked(until -> halved(planted.now(), until), planted.revocations)),
        plant(
            "a revocation never ends",
            "a_revocation_lasts_until_its_end",
            planted -> revoked(until -> until.plus(Duration.ofDays(9)), planted.revocations)),
        plant(
            "the last revocation of the same counts",
            "the_same_again_lasts_longer_and_never_shorter",
            planted ->
                new PassedOn(planted.revocations) {
                  @Override
                  public Instant revoke(Revoked what, Instant until) {
                    honest.lift(what);
                    return honest.revoke(what, until);
                  }
                }),
        plant(
            "one that ended is taken for one that lasts",
            "one_that_ended_can_be_made_anew_and_shorter",
            planted -> new Remembering(planted.revocations)),
        plant(
            "of two revocations at once the shorter lasts",
            "of_concurrent_revocations_the_longest_lasts",
            planted -> new Shorter(planted.revocations)));
  }

  private static List<Plant> ending() {
    return List.of(
        plant(
            "what is lifted stays revoked",
            "what_is_lifted_is_good_again_and_told_once",
            planted ->
                new PassedOn(planted.revocations) {
                  @Override
                  public Optional<Revocation> lift(Revoked what) {
                    return honest.list(10).stream().filter(r -> r.what().equals(what)).findFirst();
                  }
                }),
        plant(
            "revocations are listed shortest first",
            "those_that_last_longest_are_listed_first",
            planted ->
                new PassedOn(planted.revocations) {
                  @Override
                  public List<Revocation> list(int limit) {
                    return honest.list(limit).reversed();
                  }
                }));
  }

  private static Instant halved(Instant now, Instant until) {
    return now.plus(Duration.between(now, until).dividedBy(2));
  }

  private static Revocations revoked(Function<Instant, Instant> until, Revocations honest) {
    return new PassedOn(honest) {
      @Override
      public Instant revoke(Revoked what, Instant asked) {
        return honest.revoke(what, until.apply(asked));
      }
    };
  }

  private interface Look {
    boolean isRevoked(Revocations honest, @Nullable String tokenId, Principal subject);
  }

  private static Plant asked(String bug, String caughtBy, Look look) {
    return plant(
        bug,
        caughtBy,
        planted ->
            new PassedOn(planted.revocations) {
              @Override
              public boolean isRevoked(@Nullable String tokenId, Principal subject) {
                return look.isRevoked(honest, tokenId, subject);
              }
            });
  }

  private static Plant plant(String bug, String caughtBy, Function<Planted, Revocations> spoiled) {
    return new Plant(
        bug,
        SideSuites.TokenRevocations.class,
        caughtBy,
        planted -> planted.revocations = spoiled.apply(planted));
  }

  private static class PassedOn implements Revocations {
    final Revocations honest;

    PassedOn(Revocations honest) {
      this.honest = honest;
    }

    @Override
    public Instant revoke(Revoked what, Instant until) {
      return honest.revoke(what, until);
    }

    @Override
    public Optional<Revocation> lift(Revoked what) {
      return honest.lift(what);
    }

    @Override
    public boolean isRevoked(@Nullable String tokenId, Principal subject) {
      return honest.isRevoked(tokenId, subject);
    }

    @Override
    public List<Revocation> list(int limit) {
      return honest.list(limit);
    }
  }

  /// Says of what was ever revoked that it lasts as long as it did first.
  private static final class Remembering extends PassedOn {
    private final ConcurrentHashMap<Revoked, Instant> first = new ConcurrentHashMap<>();

    Remembering(Revocations honest) {
      super(honest);
    }

    @Override
    public Instant revoke(Revoked what, Instant until) {
      Instant known = first.putIfAbsent(what, until);
      return known == null ? honest.revoke(what, until) : known;
    }
  }

  /// Two look at what lasts, and the one who would shorten it writes last.
  private static final class Shorter extends PassedOn {
    private final Meeting<Instant> meeting = new Meeting<>();

    Shorter(Revocations honest) {
      super(honest);
    }

    @Override
    public Instant revoke(Revoked what, Instant until) {
      Instant other = meeting.other(until);
      return honest.revoke(what, other.isBefore(until) ? other : until);
    }
  }
}
