package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.ThreadLog;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Bugs of the ports that look across runs: threads and feed.
final class LookPlants {

  private LookPlants() {}

  static List<Plant> all() {
    return Stream.of(feeds(), threads()).flatMap(List::stream).toList();
  }

  private static List<Plant> feeds() {
    return List.of(
        feed(
            "a change is told for ever",
            "tells_a_change_once_and_then_no_more",
            (honest, from) -> new ChangeFeed.Changes(honest.since(from).changes(), from)),
        feed(
            "a change is never told",
            "tells_a_change_once_and_then_no_more",
            (honest, from) -> new ChangeFeed.Changes(List.of(), honest.since(from).next())),
        feed(
            "one change of a look is told and the others are passed over",
            "tells_of_every_run_of_a_batch",
            (honest, from) -> {
              var seen = honest.since(from);
              return new ChangeFeed.Changes(seen.changes().stream().limit(1).toList(), seen.next());
            }),
        parts(
            "a look at a part tells all",
            "a_long_gap_is_looked_through_in_parts",
            (honest, from, _) -> honest.since(from)),
        parts(
            "what a part does not tell is passed over",
            "a_long_gap_is_looked_through_in_parts",
            (honest, from, events) -> {
              var seen = honest.since(from, events);
              return new ChangeFeed.Changes(
                  seen.changes(), seen.more() ? honest.now() : seen.next(), seen.more());
            }));
  }

  private static List<Plant> threads() {
    return List.of(
        conversation(
            "a conversation is cut at its new end",
            "a_conversation_is_cut_at_its_old_end",
            (honest, id, limit) -> honest.conversation(id, 1_000).stream().limit(limit).toList()),
        conversation(
            "a conversation is told backwards",
            "a_conversation_is_what_was_said_across_runs_oldest_first",
            (honest, id, limit) -> honest.conversation(id, limit).reversed()),
        conversation(
            "a conversation is everybody's",
            "a_conversation_has_neither_pieces_nor_other_threads",
            (honest, id, limit) ->
                Stream.of(id, new ThreadId("thread-2"))
                    .flatMap(each -> honest.conversation(each, limit).stream())
                    .toList()));
  }

  /// What spoiled threads answer.
  private interface Conversation {
    List<StoredEvent> conversation(ThreadLog honest, ThreadId threadId, int limit);
  }

  private static Plant conversation(String bug, String caughtBy, Conversation spoiled) {
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
                  return honest.owner(threadId);
                }

                @Override
                public List<StoredEvent> conversation(ThreadId threadId, int limit) {
                  return spoiled.conversation(honest, threadId, limit);
                }
              };
        });
  }

  /// What a spoiled feed answers.
  private interface Since {
    ChangeFeed.Changes since(ChangeFeed honest, ChangeFeed.Position from);
  }

  /// What a feed answers that is spoiled for looks at parts.
  private interface Parts {
    ChangeFeed.Changes since(ChangeFeed honest, ChangeFeed.Position from, int events);
  }

  private static Plant parts(String bug, String caughtBy, Parts spoiled) {
    return feed(bug, caughtBy, ChangeFeed::since, spoiled);
  }

  private static Plant feed(String bug, String caughtBy, Since spoiled) {
    return feed(bug, caughtBy, spoiled, (honest, from, _) -> spoiled.since(honest, from));
  }

  private static Plant feed(String bug, String caughtBy, Since spoiled, Parts inParts) {
    return new Plant(
        bug,
        LookSuites.Feeds.class,
        caughtBy,
        planted -> {
          ChangeFeed honest = planted.changes;
          planted.changes =
              new ChangeFeed() {
                @Override
                public Position now() {
                  return honest.now();
                }

                @Override
                public Changes since(Position position) {
                  return spoiled.since(honest, position);
                }

                @Override
                public Changes since(Position position, int events) {
                  return inParts.since(honest, position, events);
                }
              };
        });
  }
}
