package com.openagents.runtime.testkit.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.testkit.PortFixture;
import com.openagents.runtime.testkit.Race;
import com.openagents.runtime.token.Revocation;
import com.openagents.runtime.token.Revocations;
import com.openagents.runtime.token.Revoked;
import com.openagents.runtime.token.Revoked.Subject;
import com.openagents.runtime.token.Revoked.TokenId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What remembering revoked tokens promises.
///
/// Not asserted: the order of revocations that end at the same time.
@Tag("G14")
public abstract class RevocationsContract {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Principal USER = new Principal.User(7);
  private static final Principal OTHER = new Principal.User(70);
  private static final Principal GUEST = new Principal.Guest("g-" + "7".repeat(32));

  private PortFixture<Revocations> fixture;

  /// Opens a memory of revocations, fresh and empty; the suite closes it.
  protected abstract PortFixture<Revocations> openRevocations();

  @BeforeEach
  final void open() {
    fixture = openRevocations();
  }

  @AfterEach
  final void close() {
    fixture.close();
  }

  @Test
  void a_token_is_revoked_by_its_id_and_no_other_token_with_it() {
    assertThat(revocations().isRevoked("t-1", USER)).isFalse();
    revoke(new TokenId("t-1"), HOUR);

    assertThat(revocations().isRevoked("t-1", USER)).isTrue();
    assertThat(revocations().isRevoked("T-1", USER)).isFalse();
    assertThat(revocations().isRevoked("t-11", USER)).isFalse();
    assertThat(revocations().isRevoked(null, USER)).isFalse();
  }

  @Test
  void every_token_of_a_subject_is_revoked_and_those_of_nobody_else() {
    revoke(new Subject(USER), HOUR);
    revoke(new Subject(GUEST), HOUR);

    assertThat(revocations().isRevoked("t-1", USER)).isTrue();
    assertThat(revocations().isRevoked(null, USER)).isTrue();
    assertThat(revocations().isRevoked(null, GUEST)).isTrue();
    assertThat(revocations().isRevoked("t-1", OTHER)).isFalse();
  }

  @Test
  void an_id_that_reads_like_a_subject_is_none() {
    revoke(new TokenId("user:7"), HOUR);

    assertThat(revocations().isRevoked("t-1", USER)).isFalse();
    assertThat(revocations().isRevoked("user:7", OTHER)).isTrue();
  }

  @Test
  void a_revocation_lasts_until_its_end() {
    revoke(new Subject(USER), HOUR);
    revoke(new TokenId("t-1"), HOUR);
    fixture.passTime(HOUR.minusMinutes(1));
    assertThat(revocations().isRevoked(null, USER)).isTrue();
    assertThat(revocations().isRevoked("t-1", OTHER)).isTrue();
    fixture.passTime(Duration.ofMinutes(2));

    assertThat(revocations().isRevoked("t-1", USER)).isFalse();
    assertThat(revocations().list(10)).isEmpty();
    assertThat(revocations().lift(new Subject(USER))).isEmpty();
  }

  @Test
  void the_same_again_lasts_longer_and_never_shorter() {
    Instant first = revoke(new Subject(USER), HOUR);
    Instant longer = revoke(new Subject(USER), HOUR.multipliedBy(3));
    Instant shorter = revoke(new Subject(USER), Duration.ofMinutes(5));

    assertThat(longer).isAfter(first);
    assertThat(shorter).isEqualTo(longer);
    fixture.passTime(HOUR.multipliedBy(2));
    assertThat(revocations().isRevoked(null, USER)).isTrue();
  }

  @Test
  void one_that_ended_can_be_made_anew_and_shorter() {
    revoke(new Subject(USER), HOUR);
    fixture.passTime(HOUR.multipliedBy(2));
    Instant until = at(Duration.ofMinutes(20));

    assertThat(revocations().revoke(new Subject(USER), until)).isEqualTo(until);
    assertThat(revocations().isRevoked(null, USER)).isTrue();
    assertThat(revocations().isRevoked(null, OTHER)).isFalse();
  }

  @Test
  void what_is_lifted_is_good_again_and_told_once() {
    Instant until = revoke(new Subject(USER), HOUR);
    revoke(new TokenId("t-1"), HOUR);

    assertThat(revocations().lift(new Subject(USER)))
        .contains(new Revocation(new Subject(USER), until));
    assertThat(revocations().lift(new Subject(USER))).isEmpty();
    assertThat(revocations().isRevoked(null, USER)).isFalse();
    assertThat(revocations().isRevoked("t-1", USER)).isTrue();
  }

  @Test
  void those_that_last_longest_are_listed_first() {
    Instant short1 = revoke(new TokenId("t-1"), HOUR);
    Instant long1 = revoke(new Subject(GUEST), HOUR.multipliedBy(3));
    Instant middle = revoke(new Subject(USER), HOUR.multipliedBy(2));

    assertThat(revocations().list(10))
        .containsExactly(
            new Revocation(new Subject(GUEST), long1),
            new Revocation(new Subject(USER), middle),
            new Revocation(new TokenId("t-1"), short1));
    assertThat(revocations().list(1)).hasSize(1);
  }

  @Test
  void of_concurrent_revocations_the_longest_lasts() {
    Instant base = at(HOUR);
    Race.of(20, i -> revocations().revoke(new Subject(USER), base.plusSeconds(i)));

    assertThat(revocations().list(10))
        .containsExactly(new Revocation(new Subject(USER), base.plusSeconds(19)));
  }

  private Instant revoke(Revoked what, Duration life) {
    return revocations().revoke(what, at(life));
  }

  private Instant at(Duration later) {
    return fixture.now().plus(later).truncatedTo(ChronoUnit.SECONDS);
  }

  private Revocations revocations() {
    return fixture.port();
  }
}
