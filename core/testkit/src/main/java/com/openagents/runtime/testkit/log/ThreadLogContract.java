package com.openagents.runtime.testkit.log;

import static com.openagents.runtime.log.Precondition.OPEN;
import static com.openagents.runtime.testkit.Drafts.OWNER;
import static com.openagents.runtime.testkit.Drafts.STRANGER;
import static com.openagents.runtime.testkit.Drafts.THREAD;
import static com.openagents.runtime.testkit.Drafts.frame;
import static com.openagents.runtime.testkit.Drafts.runId;
import static com.openagents.runtime.testkit.Drafts.said;
import static com.openagents.runtime.testkit.Drafts.spec;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.run.Utterance;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What reading a conversation across the runs of its thread promises.
///
/// Not asserted: the order of events of different runs at the same microsecond; ordering across
/// runs is by time only.
public abstract class ThreadLogContract extends StoreContract {

  @Test
  @Tag("G14")
  void a_thread_belongs_to_the_principal_that_first_used_it() {
    start(1);
    ThreadId other = new ThreadId("thread-2");
    start(Drafts.start(runId(2), spec(other, STRANGER)));
    assertThat(store().threads().owner(THREAD)).contains(OWNER);
    assertThat(store().threads().owner(other)).contains(STRANGER);
    assertThat(store().threads().owner(new ThreadId("nobodys"))).isEmpty();
  }

  @Test
  void a_conversation_is_what_was_said_across_runs_oldest_first() {
    RunId first = start(1);
    tell(frame(first, "f1", "hello"));
    tell(message(first, "hello yourself"));
    RunId second = start(2);
    tell(frame(second, "f1", "how are you"));
    tell(message(second, "fine"));
    tell(frame(first, "f2", "still there?"));
    assertThat(conversation(100))
        .containsExactly("hello", "hello yourself", "how are you", "fine", "still there?");
  }

  @Test
  void a_conversation_has_neither_pieces_nor_other_threads() {
    start(1);
    tell(Drafts.deltas(RUN, OPEN, "he", "llo"));
    tell(message(RUN, "hello"));
    start(Drafts.start(runId(2), spec(new ThreadId("thread-2"), OWNER)));
    tell(frame(runId(2), "f1", "elsewhere"));
    assertThat(conversation(100)).containsExactly("hello");
  }

  @Test
  void a_conversation_is_cut_at_its_old_end() {
    start(1);
    for (int i = 1; i <= 5; i++) {
      tell(frame(RUN, "f" + i, "message " + i));
    }
    assertThat(conversation(2)).containsExactly("message 4", "message 5");
    assertThat(conversation(1)).containsExactly("message 5");
  }

  @Test
  void a_conversation_looks_at_no_more_runs_than_it_may_hold_events() {
    RunId oldest = start(1);
    tell(frame(oldest, "f1", "long ago"));
    RunId older = start(2);
    tell(frame(older, "f1", "before"));
    RunId silent = start(3);
    tell(Drafts.deltas(silent, OPEN, "not yet said"));
    assertThat(conversation(2)).containsExactly("before");
    assertThat(conversation(3)).containsExactly("long ago", "before");
  }

  @Test
  void events_of_a_conversation_are_the_events_of_the_log() {
    start(1);
    tell(frame(RUN, "f1", "hello"));
    assertThat(store().threads().conversation(THREAD, 10))
        .hasSize(1)
        .isEqualTo(log().read(RUN, 1, 10));
    assertThat(store().threads().conversation(new ThreadId("nobodys"), 10)).isEmpty();
  }

  /// Writes, and lets the store's clock move on, so that the order of time is the order of writing.
  private void tell(Append append) {
    write(append);
    store().passTime(Duration.ofMillis(1));
  }

  private static Append message(RunId runId, String text) {
    return Append.of(runId, OPEN, List.of(said(text)));
  }

  private List<String> conversation(int limit) {
    return store().threads().conversation(THREAD, limit).stream()
        .map(ThreadLogContract::text)
        .toList();
  }

  private static String text(StoredEvent stored) {
    return switch (EventCodec.decode(stored).event()) {
      case FrameAccepted frame -> Utterance.textOf(frame.payload());
      case MessageCompleted message -> message.text();
      default -> throw new AssertionError("not part of a conversation: " + stored.type());
    };
  }
}
