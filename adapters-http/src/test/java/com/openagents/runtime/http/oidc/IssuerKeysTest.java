package com.openagents.runtime.http.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.http.oidc.IdentityVerdict.Reason;
import com.openagents.runtime.http.oidc.IssuerKeys.Found;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Keys are kept, read again in time, and outlast an issuer that is away for a while.
@Tag("scenario-27")
class IssuerKeysTest {

  private static final PublishedKeys OLD = published("old");
  private static final PublishedKeys BOTH = published("old", "new");
  private static final PublishedKeys NEW = published("new");
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final List<Boolean> heard = new ArrayList<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private @Nullable PublishedKeys published = OLD;
  private long nanos = 17;
  private int readings;

  private final IssuerKeys keys = keys(this::read, Runnable::run, MOMENT);
  private final IssuerKeys later = keys(this::read, waiting::add, MOMENT);

  private static PublishedKeys published(String... ids) {
    TestKey[] made = new TestKey[ids.length];
    for (int i = 0; i < ids.length; i++) {
      made[i] = TestKey.curve(ids[i]);
    }
    Json.Obj document = (Json.Obj) JsonReader.read(TestKey.document(made));
    Json.Arr all = (Json.Arr) document.fields().get("keys");
    return PublishedKeys.of(all == null ? List.of() : all.items());
  }

  private IssuerKeys keys(KeySource source, Executor executor, Duration patience) {
    IdentityWatch watch =
        new IdentityWatch() {
          @Override
          public void refused(Reason why) {}

          @Override
          public void keysRead(boolean successful) {
            heard.add(successful);
          }
        };
    return new IssuerKeys(source, executor, () -> nanos, watch, patience);
  }

  private PublishedKeys read() throws IssuerUnreadable {
    readings++;
    if (published == null) {
      throw new IssuerUnreadable("away");
    }
    return published;
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private static boolean has(IssuerKeys keys, String keyId) {
    return keys.find(keyId, JWSAlgorithm.ES256) instanceof Found.Key;
  }

  private static Found find(IssuerKeys keys, String keyId) {
    return keys.find(keyId, JWSAlgorithm.ES256);
  }

  @Test
  void keys_are_read_at_the_first_need_and_then_kept() {
    assertThat(readings).isZero();
    for (int i = 0; i < 10; i++) {
      assertThat(has(keys, "old")).isTrue();
      pass(Duration.ofSeconds(30));
    }
    assertThat(readings).isOne();
    assertThat(heard).containsExactly(true);
  }

  @Test
  void a_new_key_is_found_as_soon_as_a_token_is_signed_with_it() {
    has(keys, "old");
    published = BOTH;
    pass(IssuerKeys.PAUSE);

    assertThat(has(keys, "new")).isTrue();
    assertThat(has(keys, "old")).isTrue();
    assertThat(readings).isEqualTo(2);
  }

  @Test
  void a_key_that_was_withdrawn_is_good_no_longer_once_the_keys_were_read_again() {
    has(keys, "old");
    published = NEW;
    pass(IssuerKeys.FRESH);

    assertThat(has(keys, "old")).as("nobody waits for the reading").isTrue();
    assertThat(find(keys, "old")).isEqualTo(new Found.Unknown());
  }

  @Test
  void a_storm_of_unknown_keys_is_one_reading_in_ten_seconds() {
    has(keys, "old");
    pass(IssuerKeys.PAUSE);
    for (int i = 0; i < 1_000; i++) {
      assertThat(find(keys, "unknown-" + i)).isEqualTo(new Found.Unknown());
    }
    assertThat(readings).isEqualTo(2);
    pass(IssuerKeys.PAUSE.minus(MOMENT));
    find(keys, "unknown");
    assertThat(readings).isEqualTo(2);
    pass(MOMENT);
    find(keys, "unknown");
    assertThat(readings).isEqualTo(3);
  }

  @Test
  void a_storm_while_the_issuer_is_away_is_one_reading_in_ten_seconds_too() {
    published = null;
    for (int i = 0; i < 1_000; i++) {
      assertThat(find(keys, "old")).isEqualTo(new Found.Unreadable());
    }
    assertThat(readings).isOne();
    assertThat(heard).containsExactly(false);

    published = OLD;
    pass(IssuerKeys.PAUSE);
    assertThat(has(keys, "old")).isTrue();
  }

  @Test
  void a_reading_that_fails_in_any_way_is_followed_by_another() {
    List<Error> errors = new ArrayList<>();
    IssuerKeys failing =
        keys(
            () -> {
              if (errors.isEmpty()) {
                throw new StackOverflowError();
              }
              return OLD;
            },
            task -> {
              try {
                task.run();
              } catch (StackOverflowError e) {
                errors.add(e);
              }
            },
            MOMENT);
    assertThat(find(failing, "old")).isEqualTo(new Found.Unreadable());
    pass(IssuerKeys.PAUSE);

    assertThat(has(failing, "old")).isTrue();
    assertThat(errors).hasSize(1);
  }

  @Test
  void known_keys_outlast_an_issuer_that_is_away_for_an_hour() {
    has(keys, "old");
    published = null;
    pass(IssuerKeys.USABLE.minus(MOMENT));
    assertThat(has(keys, "old")).isTrue();
    assertThat(find(keys, "new")).isEqualTo(new Found.Unreadable());
    pass(MOMENT);

    assertThat(find(keys, "old")).isEqualTo(new Found.Unreadable());
  }

  @Test
  void who_has_a_known_key_waits_for_no_reading() {
    assertThat(find(later, "old")).as("nobody waits for ever").isEqualTo(new Found.Unreadable());
    waiting.remove().run();
    pass(IssuerKeys.FRESH);

    assertThat(has(later, "old")).isTrue();
    assertThat(waiting).hasSize(1);
    pass(IssuerKeys.FRESH);
    assertThat(has(later, "old")).isTrue();
    assertThat(waiting).as("one reading at a time").hasSize(1);
  }

  @Test
  void many_who_look_at_once_share_one_reading() throws Exception {
    int callers = 50;
    CountDownLatch looking = new CountDownLatch(callers);
    AtomicInteger begun = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IssuerKeys shared =
          keys(
              () -> {
                begun.incrementAndGet();
                released(looking);
                return OLD;
              },
              threads,
              Duration.ofMinutes(1));
      List<Future<Boolean>> found = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        found.add(
            threads.submit(() -> {
              looking.countDown();
              return has(shared, "old");
            }));
      }
      for (Future<Boolean> one : found) {
        assertThat(one.get()).isTrue();
      }
    }
    assertThat(begun).hasValue(1);
  }

  private static void released(CountDownLatch latch) throws IssuerUnreadable {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IssuerUnreadable(e.toString());
    }
  }
}
