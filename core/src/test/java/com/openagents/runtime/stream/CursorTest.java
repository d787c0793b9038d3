package com.openagents.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.stream.Cursor.After;
import com.openagents.runtime.stream.Cursor.Latest;
import com.openagents.runtime.stream.Cursor.Start;
import com.openagents.runtime.stream.CursorVerdict.Ahead;
import com.openagents.runtime.stream.CursorVerdict.LiveOnly;
import com.openagents.runtime.stream.CursorVerdict.NothingMore;
import com.openagents.runtime.stream.CursorVerdict.Replay;
import com.openagents.runtime.stream.CursorVerdict.Stale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G6")
@Tag("scenario-15")
class CursorTest {

  @Test
  void a_reader_without_cursor_begins_at_the_start() {
    assertThat(Cursor.parse(null, null)).contains(new Start());
    assertThat(Cursor.parse("", null)).contains(new Start());
    assertThat(Cursor.parse(null, "0")).contains(new Start());
  }

  @Test
  void header_and_query_mean_the_same() {
    assertThat(Cursor.parse("7", null)).contains(new After(7));
    assertThat(Cursor.parse(null, "7")).contains(new After(7));
    assertThat(Cursor.parse("latest", null)).contains(new Latest());
    assertThat(Cursor.parse(null, "latest")).contains(new Latest());
  }

  @Test
  void the_header_wins_over_the_query() {
    assertThat(Cursor.parse("9", "7")).contains(new After(9));
    assertThat(Cursor.parse("9", "nonsense")).contains(new After(9));
    assertThat(Cursor.parse("", "7")).contains(new After(7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "+1",
        "1.0",
        "1e3",
        " 1",
        "1 ",
        "abc",
        "0x1",
        "١",
        "1111111111111111111",
        "LATEST"
      })
  void what_is_no_sequence_is_refused(String text) {
    assertThat(Cursor.parse(null, text)).isEmpty();
    assertThat(Cursor.parse(text, "1")).isEmpty();
  }

  @Test
  void an_empty_query_is_no_sequence() {
    assertThat(Cursor.parse(null, "")).isEmpty();
  }

  @Test
  void a_live_run_is_replayed_from_the_cursor() {
    assertThat(new Start().against(10, 0, null)).isEqualTo(new Replay(0));
    assertThat(new After(4).against(10, 0, null)).isEqualTo(new Replay(4));
    assertThat(new After(10).against(10, 0, null)).isEqualTo(new Replay(10));
    assertThat(new Latest().against(10, 0, null)).isEqualTo(new LiveOnly(10));
  }

  @Test
  void a_cursor_beyond_the_head_is_told_the_head() {
    assertThat(new After(11).against(10, 0, null)).isEqualTo(new Ahead(10));
    assertThat(new After(11).against(10, 0, 10L)).isEqualTo(new Ahead(10));
  }

  @Test
  void a_cursor_below_the_floor_is_stale_but_the_start_never_is() {
    assertThat(new After(4).against(10, 5, null)).isEqualTo(new Stale(5, 10));
    assertThat(new After(5).against(10, 5, null)).isEqualTo(new Replay(5));
    assertThat(new Start().against(10, 5, null)).isEqualTo(new Replay(0));
  }

  @Test
  void an_ended_run_has_nothing_for_a_reader_who_saw_its_end() {
    assertThat(new After(9).against(12, 0, 10L)).isEqualTo(new Replay(9));
    assertThat(new After(10).against(12, 0, 10L)).isEqualTo(new NothingMore());
    assertThat(new After(11).against(12, 0, 10L)).isEqualTo(new NothingMore());
    assertThat(new After(12).against(12, 0, 10L)).isEqualTo(new NothingMore());
    assertThat(new Latest().against(12, 0, 10L)).isEqualTo(new NothingMore());
    assertThat(new Start().against(12, 0, 10L)).isEqualTo(new Replay(0));
  }
}
