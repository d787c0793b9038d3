package com.openagents.runtime.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What comes together goes out together, as soon as nothing more comes.
class OutletTest {

  private final Written out = new Written();
  private final Heard heard = new Heard();
  private final Outlet outlet = new Outlet(out, 1 << 20, heard);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void what_is_held_is_one_write_when_nothing_more_comes() {
    outlet.onWritePossible();
    outlet.hold(bytes("a"));
    outlet.hold(bytes("b"));
    outlet.hold(bytes("c"));
    assertThat(out.writes).isEmpty();
    outlet.flush();
    assertThat(out.writes).containsExactly("abc");
    outlet.flush();
    assertThat(out.writes).hasSize(1);
  }

  @Test
  void so_much_that_it_is_worth_a_write_waits_for_nothing() {
    outlet.onWritePossible();
    outlet.hold(bytes("a".repeat(60 << 10)));
    assertThat(out.writes).isEmpty();
    outlet.hold(bytes("b".repeat(4 << 10)));
    assertThat(out.writes).hasSize(1);
    assertThat(outlet.isHolding()).isFalse();
  }

  @Test
  void the_last_bytes_take_what_is_held_along_and_end_once() {
    outlet.onWritePossible();
    outlet.hold(bytes("a"));
    outlet.finish(bytes("z"));
    outlet.flush();
    outlet.hold(bytes("late"));
    outlet.flush();
    assertThat(out.writes).containsExactly("az");
    assertThat(heard.finished).isOne();
  }

  @Test
  void what_was_held_before_the_connection_was_ready_goes_out_when_it_is() {
    outlet.hold(bytes("a"));
    outlet.flush();
    assertThat(out.writes).isEmpty();
    outlet.onWritePossible();
    assertThat(out.writes).containsExactly("a");
  }

  @Test
  void a_slow_connection_gets_the_rest_when_it_has_room() {
    outlet.onWritePossible();
    out.ready = false;
    outlet.offer(bytes("a"));
    outlet.hold(bytes("b"));
    outlet.flush();
    assertThat(out.writes).containsExactly("a");
    out.ready = true;
    outlet.onWritePossible();
    assertThat(out.writes).containsExactly("a", "b");
  }

  private static final class Heard implements Outlet.Owner {
    private int finished;

    @Override
    public void roomAgain() {}

    @Override
    public void finished() {
      finished++;
    }

    @Override
    public void broken(Throwable cause) {
      throw new AssertionError(cause);
    }
  }

  private static final class Written extends ServletOutputStream {
    private final List<String> writes = new ArrayList<>();
    private boolean ready = true;

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}

    @Override
    public void write(byte[] bytes) {
      writes.add(new String(bytes, StandardCharsets.US_ASCII));
    }

    @Override
    public void write(int b) {
      writes.add(String.valueOf((char) b));
    }
  }
}
