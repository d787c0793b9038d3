package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.ChangeFeed.Change;
import com.openagents.runtime.log.ChangeFeed.Changes;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.log.RunIndex.Query;
import com.openagents.runtime.log.ThreadLog;
import com.openagents.runtime.testkit.Drafts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// More bugs of what is read across runs: conversations and the feed.
final class AcrossPlants {

  private static final int ALL = 1_000;

  private AcrossPlants() {}

  static List<Plant> all() {
    return Stream.of(threads(), feeds()).flatMap(List::stream).toList();
  }

  private static List<Plant> threads() {
    return List.of(
        thread(
            "a thread has no owner",
            "a_thread_belongs_to_the_principal_that_first_used_it",
            (_, _) -> Optional.empty(),
            ThreadLog::conversation),
        thread(
            "every thread is one user's",
            "a_thread_belongs_to_the_principal_that_first_used_it",
            (_, _) -> Optional.of(Drafts.OWNER),
            ThreadLog::conversation),
        thread(
            "a conversation is that of the newest run",
            "a_conversation_is_what_was_said_across_runs_oldest_first",
            ThreadLog::owner,
            (honest, id, limit) -> ofLastRun(honest.conversation(id, limit))),
        thread(
            "a conversation has no frames",
            "events_of_a_conversation_are_the_events_of_the_log",
            ThreadLog::owner,
            (honest, id, limit) ->
                honest.conversation(id, limit).stream()
                    .filter(e -> e.type().equals(EventType.MESSAGE_COMPLETED.wireName()))
                    .toList()),
        thread(
            "a conversation looks at every run",
            "a_conversation_looks_at_no_more_runs_than_it_may_hold_events",
            ThreadLog::owner,
            (honest, id, limit) -> {
              List<StoredEvent> whole = honest.conversation(id, ALL);
              return whole.subList(Math.max(0, whole.size() - limit), whole.size());
            }));
  }

  private static List<StoredEvent> ofLastRun(List<StoredEvent> events) {
    return events.stream().filter(e -> e.runId().equals(events.getLast().runId())).toList();
  }

  private interface Owner {
    Optional<Principal> of(ThreadLog honest, ThreadId threadId);
  }

  private interface Conversation {
    List<StoredEvent> of(ThreadLog honest, ThreadId threadId, int limit);
  }

  private static Plant thread(String bug, String caughtBy, Owner owner, Conversation conversation) {
    return new Plant(
        bug,
        LookSuites.Threads.class,
        caughtBy,
        planted -> {
          ThreadLog honest = planted.threads;
          planted.threads =
              new ThreadLog() {
                @Override
                public Optional<Principal> owner(ThreadId threadId) {
                  return owner.of(honest, threadId);
                }

                @Override
                public List<StoredEvent> conversation(ThreadId threadId, int limit) {
                  return conversation.of(honest, threadId, limit);
                }
              };
        });
  }

  private static List<Plant> feeds() {
    return List.of(
        feed(
            "a change tells where the log began",
            "tells_of_each_run_once_with_its_highest_sequence",
            honest -> changed(honest, c -> List.of(new Change(c.runId(), 1)))),
        feed(
            "a change is told twice in one look",
            "tells_of_each_run_once_with_its_highest_sequence",
            honest -> changed(honest, c -> List.of(c, c))),
        feed(
            "whoever looks first takes the changes with him",
            "tells_everybody_who_looks_from_the_same_position",
            OnceFeed::new),
        feed(
            "a position that was kept as text is forgotten",
            "a_position_may_be_kept_as_text",
            ForgetfulFeed::new),
        new Plant(
            "a look begins one write before its position",
            LookSuites.Feeds.class,
            "tells_nothing_that_was_there_before_the_position",
            planted -> {
              EarlyFeed early = new EarlyFeed(planted.changes);
              planted.changes = early;
              planted.log =
                  SpoiledLog.writing(
                          write -> {
                            early.mark();
                            return write;
                          })
                      .apply(planted.log);
            }),
        new Plant(
            "a repetition is told as a change",
            LookSuites.Feeds.class,
            "tells_nothing_of_what_was_refused_or_repeated",
            planted ->
                planted.changes =
                    everything(
                        planted.changes,
                        () ->
                            planted
                                .index
                                .list(new Query(null, null, null, null, null, 200))
                                .stream()
                                .map(head -> new Change(head.runId(), head.lastSeq()))
                                .toList())));
  }

  private static Plant feed(String bug, String caughtBy, UnaryOperator<ChangeFeed> spoiled) {
    return new Plant(
        bug,
        LookSuites.Feeds.class,
        caughtBy,
        planted -> planted.changes = spoiled.apply(planted.changes));
  }

  private abstract static class SpoiledFeed implements ChangeFeed {
    final ChangeFeed honest;

    SpoiledFeed(ChangeFeed honest) {
      this.honest = honest;
    }

    @Override
    public Position now() {
      return honest.now();
    }

    @Override
    public Changes since(Position position, int events) {
      return since(position);
    }
  }

  private static ChangeFeed changed(ChangeFeed feed, Function<Change, List<Change>> told) {
    return new SpoiledFeed(feed) {
      @Override
      public Changes since(Position position) {
        Changes seen = honest.since(position);
        return new Changes(
            seen.changes().stream().map(told).flatMap(List::stream).toList(), seen.next());
      }
    };
  }

  private static ChangeFeed everything(ChangeFeed feed, Supplier<List<Change>> all) {
    return new SpoiledFeed(feed) {
      @Override
      public Changes since(Position position) {
        return new Changes(all.get(), honest.since(position).next());
      }
    };
  }

  private static final class OnceFeed extends SpoiledFeed {
    private final Set<Position> used = new HashSet<>();

    OnceFeed(ChangeFeed honest) {
      super(honest);
    }

    @Override
    public Changes since(Position position) {
      Changes seen = honest.since(position);
      return used.add(position) ? seen : new Changes(List.of(), seen.next());
    }
  }

  private static final class EarlyFeed extends SpoiledFeed {
    private final List<Position> marks = new ArrayList<>();

    EarlyFeed(ChangeFeed honest) {
      super(honest);
    }

    /// Remembers where the feed stands before a write.
    synchronized void mark() {
      Position now = now();
      if (marks.isEmpty() || !marks.getLast().equals(now)) {
        marks.add(now);
      }
    }

    @Override
    public synchronized Changes since(Position position) {
      int found = marks.indexOf(position);
      int at = found < 0 ? marks.size() : found;
      return honest.since(at == 0 ? position : marks.get(at - 1));
    }
  }

  private static final class ForgetfulFeed extends SpoiledFeed {
    private Position last = new Position("");

    ForgetfulFeed(ChangeFeed honest) {
      super(honest);
    }

    @Override
    public Position now() {
      last = honest.now();
      return last;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public Changes since(Position position) {
      return honest.since(position == last ? position : honest.now());
    }
  }
}
