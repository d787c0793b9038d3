package com.openagents.runtime.ageing;

import static com.openagents.runtime.ageing.SpokenRuns.RUN;
import static com.openagents.runtime.ageing.SpokenRuns.WEEK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.log.Seals.Seal;
import com.openagents.runtime.seal.Bundle;
import com.openagents.runtime.seal.HashedPages;
import com.openagents.runtime.seal.HashedPages.HashedEvent;
import com.openagents.runtime.seal.Report;
import com.openagents.runtime.seal.Report.Aged;
import com.openagents.runtime.seal.Report.Broken;
import com.openagents.runtime.seal.Report.Intact;
import com.openagents.runtime.seal.Sealer;
import com.openagents.runtime.seal.Verify;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A log from which pieces aged out verifies as one that is whole, and says what is missing.
@Tag("G6")
class AgedRunsVerifyTest {

  private final SpokenRuns run = new SpokenRuns().say("1", 5).say("2", 3);

  private SpokenRuns ended() {
    return run.write(new RunCompleted());
  }

  private byte[] bundle() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Seal seal = run.sealer.seal(RUN).orElseThrow();
    Bundle.write(run.store.log(), run.store.seals(), RUN, seal, out);
    return out.toByteArray();
  }

  private Report verify(byte[] bundle) throws IOException {
    return Verify.bundle(new ByteArrayInputStream(bundle), Set.of(run.signer.keyId()));
  }

  private void assertIntactWithout(Aged... aged) throws IOException {
    assertThat(verify(bundle()))
        .isInstanceOfSatisfying(
            Intact.class,
            intact -> {
              assertThat(intact.trusted()).isTrue();
              assertThat(intact.throughSeq()).isEqualTo(15);
              assertThat(intact.aged()).containsExactly(aged);
            });
  }

  @Test
  void a_run_that_was_sealed_before_verifies_after() throws IOException {
    ended();
    assertIntactWithout();
    Seal seal = run.sealer.seal(RUN).orElseThrow();
    run.pass(WEEK).round().run();
    assertIntactWithout(new Aged(4, 8), new Aged(11, 13));
    assertThat(run.store.seals().find(RUN)).contains(seal);
  }

  @Test
  void a_run_that_aged_before_it_ended_is_sealed_over_what_is_gone() throws IOException {
    run.pass(WEEK.multipliedBy(2)).round().run();
    assertThat(run.pieces()).isEmpty();
    ended();
    assertIntactWithout(new Aged(4, 8), new Aged(11, 13));
  }

  @Test
  void a_run_that_aged_again_and_again_is_sealed_over_all_of_it() throws IOException {
    run.pass(WEEK.multipliedBy(2)).round().run();
    run.say("3", 2).pass(WEEK.multipliedBy(2)).round().run();
    run.say("4", 2).pass(WEEK.multipliedBy(2)).round().run();
    assertThat(run.pieces()).isEmpty();
    ended();
    assertThat(verify(bundle()))
        .isInstanceOfSatisfying(
            Intact.class,
            intact ->
                assertThat(intact.aged())
                    .containsExactly(
                        new Aged(4, 8), new Aged(11, 13), new Aged(16, 17), new Aged(20, 21)));
  }

  @Test
  void what_stands_before_a_range_cannot_be_made_anew() throws IOException {
    ended().pass(WEEK).round().run();
    List<String> lines = new ArrayList<>(new String(bundle(), UTF_8).lines().toList());
    Digest before = digest(lines.get(2));
    for (int line = 3; line <= 4; line++) {
      String event = lines.get(line);
      String other =
          event
              .substring("{\"event\":".length(), event.indexOf(",\"hash"))
              .replace("node-1", "node-2");
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.writeBytes(before.bytes());
      both.writeBytes(other.getBytes(UTF_8));
      before = Digest.of(both.toByteArray());
      lines.set(line, "{\"event\":" + other + ",\"hash\":\"" + before.hex() + "\"}");
    }
    assertThat(verify((String.join("\n", lines) + "\n").getBytes(UTF_8)))
        .isInstanceOfSatisfying(Broken.class, broken -> assertThat(broken.seq()).isEqualTo(4));
  }

  private static Digest digest(String line) {
    int hash = line.indexOf(",\"hash\":\"") + ",\"hash\":\"".length();
    return new Digest(line.substring(hash, hash + 64));
  }

  @Test
  void a_range_of_which_a_part_is_removed_is_a_range() throws IOException {
    ended().pass(WEEK).round(new AgeingRound.Bounds(1, 10, 100, 2, 1)).run();
    assertThat(run.pieces()).hasSize(6);
    assertIntactWithout(new Aged(4, 8));
  }

  @Test
  void pages_with_hashes_go_on_behind_what_aged() throws IOException {
    ended();
    List<HashedEvent> before = page(0);
    run.pass(WEEK).round().run();
    List<HashedEvent> after = page(0);
    assertThat(after).hasSize(before.size() - 8);
    assertThat(before).containsAll(after);
    assertThat(page(6)).isEqualTo(page(8)).isEqualTo(after.subList(3, after.size()));
    assertThat(page(9)).isEqualTo(after.subList(4, after.size()));
  }

  private List<HashedEvent> page(long after) {
    HashedPages pages = new HashedPages(run.store.log(), run.store.seals());
    assertThat(pages.read(RUN, after, 100)).isInstanceOf(HashedPages.Hashed.class);
    return ((HashedPages.Hashed) pages.read(RUN, after, 100)).events();
  }

  @Tag("exhaustive")
  @Test
  void one_changed_character_of_the_line_of_a_range_is_named() throws IOException {
    ended().pass(WEEK).round().run();
    List<String> lines = new String(bundle(), UTF_8).lines().toList();
    String range = lines.get(5);
    assertThat(range).startsWith("{\"aged\":{\"at\":");
    for (int i = 0; i < range.length(); i++) {
      StringBuilder changed = new StringBuilder(range);
      changed.setCharAt(i, range.charAt(i) == '7' ? '8' : '7');
      List<String> other = new ArrayList<>(lines);
      other.set(5, changed.toString());
      assertThat(verify((String.join("\n", other) + "\n").getBytes(UTF_8)))
          .as("%s", changed)
          .isInstanceOfSatisfying(Broken.class, broken -> assertThat(broken.seq()).isEqualTo(4));
    }
  }

  @Test
  void a_range_that_is_left_out_or_comes_twice_is_named() throws IOException {
    ended().pass(WEEK).round().run();
    List<String> lines = new String(bundle(), UTF_8).lines().toList();
    List<String> without = new ArrayList<>(lines);
    without.remove(5);
    assertThat(verify((String.join("\n", without) + "\n").getBytes(UTF_8)))
        .isInstanceOfSatisfying(Broken.class, broken -> assertThat(broken.seq()).isEqualTo(4));
    List<String> twice = new ArrayList<>(lines);
    twice.add(6, lines.get(5));
    assertThat(verify((String.join("\n", twice) + "\n").getBytes(UTF_8)))
        .isInstanceOfSatisfying(Broken.class, broken -> assertThat(broken.seq()).isEqualTo(9));
  }

  @Test
  void a_range_that_a_stranger_signed_is_not_trusted() throws IOException {
    SpokenRuns stranger = new SpokenRuns();
    ended().pass(WEEK);
    new AgeingRound(
            run.store.log(),
            run.store.ageing(),
            run.store.seals(),
            new Sealer(run.store.log(), run.store.seals(), stranger.signer, run.clock),
            WEEK,
            AgeingRound.Bounds.DEFAULT,
            new Random(1))
        .run();
    assertThat(verify(bundle()))
        .isInstanceOfSatisfying(
            Intact.class,
            intact -> {
              assertThat(intact.publicKey()).isEqualTo(run.signer.keyId());
              assertThat(intact.trusted()).isFalse();
            });
    assertThat(run.store.seals().keys())
        .containsExactlyInAnyOrder(run.signer.keyId(), stranger.signer.keyId());
  }
}
