package com.openagents.runtime.seal;

import static com.openagents.runtime.seal.Report.Place.EVENT;
import static com.openagents.runtime.seal.Report.Place.HEADER;
import static com.openagents.runtime.seal.Report.Place.SEAL;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.seal.Report.Broken;
import com.openagents.runtime.seal.Report.Intact;
import com.openagents.runtime.seal.Report.Late;
import com.openagents.runtime.seal.Report.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A bundle of five events and two late results: line 1 is the header, 2 the seal, 3 to 9 events.
class VerifyTest {

  private static final String KEY = Ed25519.signer(Keys.FIRST).keyId();
  private static final byte[] BUNDLE = new SealedRun().end().late(2).bundle();

  private static Report verify(byte[] bundle) {
    try {
      return Verify.bundle(new ByteArrayInputStream(bundle), Set.of(KEY));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Report verifyLines(List<String> lines) {
    return verify((String.join("\n", lines) + "\n").getBytes(UTF_8));
  }

  private static List<String> lines() {
    return new ArrayList<>(new String(BUNDLE, UTF_8).lines().toList());
  }

  @Test
  void an_untouched_bundle_is_intact_and_lists_what_came_late() {
    List<Late> late = List.of(new Late(6, "tool.late_result"), new Late(7, "tool.late_result"));
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(verify(BUNDLE))
        .isEqualTo(new Intact(SealedRun.RUN, 5, at, KEY, true, late, List.of()));
  }

  @Test
  void the_same_run_gives_the_same_bytes() {
    assertThat(new SealedRun().end().late(2).bundle()).isEqualTo(BUNDLE);
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @ValueSource(ints = {0x01, 0x20})
  void one_changed_byte_anywhere_is_named_by_its_line(int flip) {
    int line = 1;
    for (int i = 0; i < BUNDLE.length; i++) {
      byte[] changed = BUNDLE.clone();
      changed[i] = (byte) (changed[i] ^ flip);
      Place place = placeOf(line);
      long seq = Math.max(0, line - 2);
      assertThat(verify(changed))
          .as("byte %d of line %d, flipped by %x", i, line, flip)
          .isInstanceOfSatisfying(
              Broken.class,
              broken -> {
                assertThat(broken.place()).isEqualTo(place);
                assertThat(broken.seq()).isEqualTo(seq);
              });
      if (BUNDLE[i] == '\n') {
        line++;
      }
    }
    assertThat(line).isEqualTo(10);
  }

  private static Place placeOf(int line) {
    return line == 1 ? HEADER : line == 2 ? SEAL : EVENT;
  }

  @Test
  void a_line_that_is_not_utf_8_is_named() {
    int at = new String(BUNDLE, ISO_8859_1).indexOf("1.1.0.1");
    byte[] changed = BUNDLE.clone();
    changed[at] = (byte) 0xff;
    assertThat(verify(changed)).isEqualTo(new Broken(EVENT, 3, "the line is not an event"));
  }

  @Test
  void a_missing_line_is_named() {
    for (int missing = 1; missing <= 7; missing++) {
      List<String> lines = lines();
      lines.remove(missing - 1);
      Place place = placeOf(missing);
      long seq = Math.max(0, missing - 2);
      assertThat(verifyLines(lines))
          .as("line %d", missing)
          .isInstanceOfSatisfying(
              Broken.class,
              broken -> {
                assertThat(broken.place()).isEqualTo(place);
                assertThat(broken.seq()).isEqualTo(seq);
              });
    }
  }

  @Test
  void a_bundle_that_was_cut_short_is_named_where_it_ends() {
    for (int kept = 0; kept < 7; kept++) {
      List<String> lines = lines().subList(0, kept);
      Report report = kept == 0 ? verify(new byte[0]) : verifyLines(lines);
      Place place = placeOf(kept + 1);
      assertThat(report)
          .as("%d lines kept", kept)
          .isEqualTo(new Broken(place, Math.max(0, kept - 1), "the line is missing"));
    }
  }

  @Test
  void events_that_changed_places_are_named() {
    List<String> lines = lines();
    Collections.swap(lines, 3, 4);
    assertThat(verifyLines(lines))
        .isInstanceOfSatisfying(Broken.class, broken -> assertThat(broken.seq()).isEqualTo(2));
  }

  @Test
  void a_chain_that_was_made_anew_does_not_end_in_the_sealed_hash() {
    List<String> lines = lines();
    Chain chain = Chain.begin(SealedRun.RUN);
    for (int i = 2; i < lines.size(); i++) {
      String event =
          lines.get(i).substring("{\"event\":".length(), lines.get(i).indexOf(",\"hash"));
      String other = event.replace("node-1", "node-2");
      chain = chain.with(other);
      lines.set(i, Bundle.eventLine(other, chain.head()));
    }
    assertThat(verifyLines(lines))
        .isInstanceOfSatisfying(Broken.class, broken -> assertThat(broken.place()).isEqualTo(SEAL));
  }

  @Test
  void an_event_of_another_run_or_place_is_not_the_next_one() {
    for (String wrong :
        List.of("\"seq\":1,", "\"runId\":\"0190a0c0-0000-7000-8000-000000000001\"")) {
      List<String> lines = lines();
      String event =
          lines.get(2).substring("{\"event\":".length(), lines.get(2).indexOf(",\"hash"));
      String other = event.replace(wrong, wrong.replace('1', '2'));
      lines.set(2, Bundle.eventLine(other, Chain.begin(SealedRun.RUN).with(other).head()));
      assertThat(verifyLines(lines))
          .isEqualTo(new Broken(EVENT, 1, "this is not the run's next event"));
    }
  }

  @Test
  void another_text_of_the_same_value_is_not_the_bundle() {
    List<String> lines = lines();
    lines.set(2, lines.get(2).replace("{\"event\":", "{ \"event\":"));
    assertThat(verifyLines(lines))
        .isInstanceOfSatisfying(Broken.class, broken -> assertThat(broken.seq()).isEqualTo(1));
  }

  @Test
  void a_bundle_that_somebody_else_sealed_is_intact_but_not_trusted() throws IOException {
    Report report = Verify.bundle(new ByteArrayInputStream(BUNDLE), Set.of("another"));
    assertThat(report)
        .isInstanceOfSatisfying(Intact.class, intact -> assertThat(intact.trusted()).isFalse());
  }

  @Test
  void the_last_line_feed_may_be_missing() {
    byte[] cut = Arrays.copyOf(BUNDLE, BUNDLE.length - 1);
    assertThat(verify(cut)).isInstanceOf(Intact.class);
  }

  @Test
  void reading_is_bounded_whatever_comes() throws IOException {
    InputStream endless =
        new InputStream() {
          private long given;

          @Override
          public int read() {
            throw new AssertionError("byte by byte");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            given += length;
            assertThat(given).as("bytes read").isLessThan(64L << 20);
            Arrays.fill(buffer, offset, offset + length, (byte) 'x');
            return length;
          }
        };
    assertThat(Verify.bundle(endless, Set.of()))
        .isEqualTo(new Broken(HEADER, 0, "the line is too long"));
  }
}
