package com.openagents.runtime.http.client;

import static com.openagents.runtime.http.client.PeerDouble.answer;
import static com.openagents.runtime.http.client.PeerDouble.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Where the patience of a reader ends, and where it does not.
@Tag("G6")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RunStreamTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration BRIEF = Duration.ofSeconds(1);
  private static final int PAUSES_MAX = 1000;
  private static final String OPENING = "retry: 2000\n:    \n\n";
  private static final String ONE = "id: 1\ndata: one\n\n";
  private static final String TWO = "id: 2\ndata: two\n\n";
  private static final String MORE_THAN_IS_READ_AHEAD = ":" + " ".repeat(1 << 20) + "\n\n";
  private static final String END = "data: [DONE]\n\n";

  private final PeerDouble peer = new PeerDouble();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<SseEvent> read = new ArrayList<>();
  private int pauses;

  RunStreamTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    http.shutdownNow();
    peer.close();
  }

  private RunStream reader() {
    return reader(peer, LONG, LONG);
  }

  private RunStream reader(PeerDouble at, Duration openMax, Duration silenceMax) {
    RuntimeClient client =
        new RuntimeClient(
            at.address(), Credentials.unsigned(new Principal.User(1)), http, openMax, silenceMax);
    return new RunStream(
        client,
        new RunId(UUID.randomUUID()),
        "events",
        _ -> {
          pauses++;
          if (pauses > PAUSES_MAX) {
            throw new AssertionError("it never ends");
          }
        });
  }

  @Test
  void an_answer_of_502_is_borne_as_long_as_patience_lasts_and_then_told() {
    peer.alwaysSays(answer(502));
    assertThat(reader().follow(PATIENCE, read::add))
        .hasValueSatisfying(reply -> assertThat(reply.status()).isEqualTo(502));
    assertThat(pauses).isGreaterThan(1);
    assertThat(peer.heads()).hasSize(pauses + 1);
  }

  @Test
  void who_has_no_patience_is_told_of_a_502_at_once() {
    peer.alwaysSays(answer(502));
    assertThat(reader().follow(Duration.ZERO, read::add)).isPresent();
    assertThat(peer.heads()).hasSize(1);
  }

  @Test
  void an_answer_without_a_stream_is_the_end() {
    peer.alwaysSays(answer(204));
    assertThat(reader().follow(PATIENCE, read::add)).isEmpty();
    assertThat(peer.heads()).hasSize(1);
  }

  @Test
  void a_redirect_is_no_stream_and_is_told_at_once() {
    peer.alwaysSays(answer(302));
    assertThat(reader().follow(PATIENCE, read::add)).isPresent();
    assertThat(peer.heads()).hasSize(1);
  }

  @Test
  void streams_that_end_before_they_bring_anything_use_patience_up() {
    peer.alwaysSays(stream(OPENING));
    assertThatThrownBy(() -> reader().follow(PATIENCE, read::add))
        .isInstanceOf(RuntimeUnreachable.class)
        .hasMessageContaining("ended before its run");
  }

  @Test
  void every_block_lets_patience_begin_anew_and_is_handed_on_once() {
    peer.says(stream(OPENING + ONE + "data: of two"));
    peer.says(answer(503));
    peer.says(stream(OPENING + TWO));
    peer.says(stream(END));
    assertThat(reader().follow(Duration.ofMillis(200), read::add)).isEmpty();
    assertThat(read).extracting(SseEvent::data).containsExactly("one", "two");
    assertThat(peer.heads().get(1)).contains("Last-Event-ID: 1");
    assertThat(peer.heads().get(3)).contains("Last-Event-ID: 2");
  }

  @Test
  void heartbeats_let_patience_begin_anew() {
    int cuts = 200;
    for (int i = 0; i < cuts; i++) {
      peer.says(stream(OPENING + ":\n\n"));
    }
    peer.says(stream(END));
    assertThat(reader().follow(PATIENCE, read::add)).isEmpty();
    assertThat(pauses).isEqualTo(cuts);
  }

  @Test
  void a_stream_that_falls_silent_is_resumed_behind_what_it_brought() {
    peer.saysAndStays(stream(OPENING + ONE));
    peer.says(stream(TWO + END));
    assertThat(reader(peer, LONG, BRIEF).follow(PATIENCE, read::add)).isEmpty();
    assertThat(read).extracting(SseEvent::data).containsExactly("one", "two");
    assertThat(peer.heads().get(1)).contains("Last-Event-ID: 1");
  }

  @Test
  void a_peer_that_never_answers_uses_patience_up() {
    peer.saysAndStays("");
    assertThatThrownBy(() -> reader(peer, BRIEF, LONG).follow(Duration.ZERO, read::add))
        .isInstanceOf(RuntimeUnreachable.class)
        .hasMessageContaining("no answer within");
  }

  @Test
  void a_stream_that_never_brings_anything_uses_patience_up() {
    peer.saysAndStays(stream(""));
    assertThatThrownBy(() -> reader(peer, LONG, BRIEF).follow(Duration.ZERO, read::add))
        .isInstanceOf(RuntimeUnreachable.class)
        .hasMessageContaining("nothing came for");
  }

  @Test
  void a_reader_who_takes_longer_than_a_silence_is_not_taken_for_one() throws IOException {
    try (PeerDouble mute = new PeerDouble()) {
      mute.alwaysSaysAndStays(stream(""));
      peer.says(stream(ONE + MORE_THAN_IS_READ_AHEAD + TWO + END));
      assertThat(reader(peer, LONG, BRIEF).follow(PATIENCE, block -> takeLong(mute, block)))
          .isEmpty();
    }
    assertThat(read).hasSize(2);
    assertThat(peer.heads()).hasSize(1);
  }

  private void takeLong(PeerDouble mute, SseEvent block) {
    assertThatThrownBy(() -> reader(mute, LONG, BRIEF).follow(Duration.ZERO, _ -> {}))
        .isInstanceOf(RuntimeUnreachable.class)
        .hasMessageContaining("nothing came for");
    read.add(block);
  }
}
