package com.openagents.runtime.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.stream.EventsMapping;
import com.openagents.runtime.stream.Published;
import com.openagents.runtime.stream.Resumption;
import com.openagents.runtime.stream.StreamRunner;
import com.openagents.runtime.tail.Listener.Reception;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A stream lets go of its connection when it has ended: other calls come over it.
class EndedStreamTest {

  private final AtomicInteger broken = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger();

  private EventStream stream() throws Exception {
    Connection connection = new Connection(response(), broken::incrementAndGet);
    return new EventStream(runner(), connection, 1 << 16, _ -> left.incrementAndGet());
  }

  @Test
  void a_stream_that_goes_on_is_broken_off_once() throws Exception {
    EventStream stream = stream();
    stream.cut();
    stream.cut();
    assertThat(broken).hasValue(1);
    assertThat(left).hasValue(1);
  }

  /// Its reader comes back, and is told that its cursor is stale.
  @Test
  void a_stream_under_which_pieces_aged_out_is_broken_off() throws Exception {
    StreamRunner<?> runner = new Resumption<>(new EventsMapping(), 3).runner();
    EventStream stream =
        new EventStream(
            runner,
            new Connection(response(), broken::incrementAndGet),
            1 << 16,
            _ -> left.incrementAndGet());
    assertThat(stream.next(delta(4))).isEqualTo(Reception.TAKEN);
    assertThat(broken).hasValue(0);
    assertThat(stream.next(delta(6))).isEqualTo(Reception.DONE);
    assertThat(broken).hasValue(1);
    assertThat(left).hasValue(1);
  }

  private static Published delta(long seq) {
    RunId runId = RunId.parse("0190a0c0-0000-7000-8000-000000000001");
    return new Published(
        new Envelope(runId, seq, new MessageDelta("m", "word"), Instant.EPOCH, null, 1L));
  }

  @Test
  void the_end_of_the_node_breaks_no_connection_of_a_stream_that_has_just_ended() throws Exception {
    EventStream stream = stream();
    var _ = stream.ended().thenRun(stream::cut);
    stream.finished();
    assertThat(broken).hasValue(0);
    assertThat(left).hasValue(1);
  }

  @Test
  void the_end_of_the_node_cuts_all_streams_though_some_cannot_be_cut() throws Exception {
    OpenStreams streams = new OpenStreams(StreamSettings.DEFAULT);
    for (int i = 0; i < 10; i++) {
      var _ = streams.place().open(runner(), new Connection(response(), this::breakBadly));
    }
    streams.close();
    assertThat(broken).hasValue(10);
    assertThat(streams.count()).isZero();
  }

  private void breakBadly() {
    if (broken.incrementAndGet() % 2 == 1) {
      throw new IllegalStateException("cannot be broken off");
    }
  }

  private static StreamRunner<?> runner() {
    return new StreamRunner<>(new EventsMapping(), 0);
  }

  private static HttpServletResponse response() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            HttpServletResponse.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (_, _, _) -> new Nowhere());
  }

  /// Takes what is written, and tells nobody.
  private static final class Nowhere extends ServletOutputStream {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}

    @Override
    public void write(int b) {}
  }
}
