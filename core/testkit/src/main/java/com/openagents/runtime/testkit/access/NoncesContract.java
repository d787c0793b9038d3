package com.openagents.runtime.testkit.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.access.Nonces;
import com.openagents.runtime.testkit.PortFixture;
import com.openagents.runtime.testkit.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What remembering single-use values promises.
///
/// Not asserted: the answer after a value has expired; its token is refused before anybody asks.
public abstract class NoncesContract {

  private static final Duration LIFE = Duration.ofHours(1);

  private PortFixture<Nonces> fixture;

  /// Opens a memory of nonces, fresh and empty; the suite closes it.
  protected abstract PortFixture<Nonces> openNonces();

  @BeforeEach
  final void open() {
    fixture = openNonces();
  }

  @AfterEach
  final void close() {
    fixture.close();
  }

  @Test
  @Tag("scenario-26")
  void a_nonce_is_used_once() {
    assertThat(use("n1")).isTrue();
    assertThat(use("n1")).isFalse();
    assertThat(use("n1")).isFalse();
  }

  @Test
  void different_nonces_have_nothing_to_do_with_each_other() {
    assertThat(use("n1")).isTrue();
    assertThat(use("n2")).isTrue();
    assertThat(use("N1")).isTrue();
    assertThat(use("n1")).isFalse();
  }

  @Test
  void long_nonces_that_begin_alike_are_different() {
    String long1 = "n".repeat(200) + "1";
    String long2 = "n".repeat(200) + "2";
    assertThat(use(long1)).isTrue();
    assertThat(use(long2)).isTrue();
    assertThat(use(long1)).isFalse();
  }

  @Test
  @Tag("scenario-26")
  void many_nonces_are_all_remembered() {
    List<String> many = IntStream.range(0, 150).mapToObj(i -> "n" + i).toList();
    Instant now = fixture.now();
    Instant expiresAt = now.plus(LIFE);
    assertThat(many).allMatch(nonce -> fixture.port().use(nonce, now, expiresAt));
    assertThat(many).noneMatch(nonce -> fixture.port().use(nonce, now, expiresAt));
  }

  @Test
  @Tag("scenario-26")
  void a_nonce_is_remembered_longer_than_those_that_expire_before_it() {
    Instant now = fixture.now();
    assertThat(fixture.port().use("short", now, now.plus(LIFE))).isTrue();
    assertThat(fixture.port().use("long", now, now.plus(LIFE.multipliedBy(3)))).isTrue();
    assertThat(fixture.port().use("shorter", now, now.plus(LIFE.dividedBy(2)))).isTrue();
    fixture.passTime(LIFE.multipliedBy(2));
    assertThat(use("now")).isTrue();
    assertThat(use("long")).isFalse();
  }

  @Test
  @Tag("scenario-26")
  void a_nonce_is_remembered_until_it_expires() {
    Instant expiresAt = fixture.now().plus(LIFE);
    assertThat(fixture.port().use("n1", fixture.now(), expiresAt)).isTrue();
    fixture.passTime(LIFE.minusMinutes(1));
    assertThat(use("n2")).isTrue();
    assertThat(use("n1")).isFalse();
  }

  @Test
  @Tag("scenario-26")
  void a_token_from_before_there_was_a_memory_is_refused() {
    Instant longAgo = fixture.now().minus(Duration.ofDays(4_000));
    assertThat(fixture.port().use("n1", longAgo, fixture.now().plus(LIFE))).isFalse();
    assertThat(use("n2")).isTrue();
  }

  @Test
  @Tag("scenario-26")
  void of_concurrent_uses_one_is_the_first() {
    assertThat(Race.of(50, _ -> use("n1"))).containsOnlyOnce(true);
  }

  private boolean use(String nonce) {
    Instant now = fixture.now();
    return fixture.port().use(nonce, now, now.plus(LIFE));
  }
}
