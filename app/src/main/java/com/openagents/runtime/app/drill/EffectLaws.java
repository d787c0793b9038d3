package com.openagents.runtime.app.drill;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The laws of what a run did: each message answered once, with what the provider said. Pure.
final class EffectLaws {

  /// How often one executor asks a provider that has not said anything.
  private static final long ATTEMPTS_MAX = 3;

  private EffectLaws() {}

  static List<Breach> breaches(RunEvidence run) {
    List<Breach> found = new ArrayList<>();
    answers(run, found);
    if (run.dealings().agent().equals("assistant")) {
      calls(run, found);
    }
    return found;
  }

  /// The text that answers a message, which every message has of its own.
  private static String answerTo(RunEvidence run, String text) {
    return run.dealings().agent().equals("assistant") ? ModelDouble.answerTo(text) : text;
  }

  private static void answers(RunEvidence run, List<Breach> found) {
    Set<String> expected = new HashSet<>();
    Set<String> putAside = new HashSet<>();
    run.ofType("frame.quarantined").forEach(event -> putAside.add(event.text("frameId")));
    run.dealings()
        .sent()
        .forEach((id, said) -> {
          if (said.type().equals("user_message") && isLogged(run, id) && !putAside.contains(id)) {
            expected.add(answerTo(run, said.text()));
          }
        });
    Set<String> given = new HashSet<>();
    for (LoggedEvent answer : run.answers()) {
      String text = answer.text("text");
      if (!given.add(text)) {
        found.add(run.breach(Law.ANSWERED_ONCE, "again at " + answer.seq() + ": " + text));
      } else if (!expected.contains(text)) {
        found.add(run.breach(Law.ANSWERED_ONCE, "to no message, at " + answer.seq() + ": " + text));
      }
    }
    expected.removeAll(given);
    if (run.completed() && !expected.isEmpty()) {
      found.add(run.breach(Law.ANSWERED_ONCE, "missing: " + expected));
    }
  }

  private static boolean isLogged(RunEvidence run, String frameId) {
    return run.ofType("frame.accepted").stream()
        .anyMatch(frame -> frame.text("frameId").equals(frameId));
  }

  private static void calls(RunEvidence run, List<Breach> found) {
    long executors = run.own().stream().mapToLong(EffectLaws::epoch).max().orElse(0);
    Map<String, ProviderBooks.Entry> book = run.provider().ofRun(run.where());
    book.forEach((key, entry) -> {
      if (entry.asked() > ATTEMPTS_MAX * executors) {
        found.add(
            run.breach(
                Law.ASKED_IN_BOUNDS,
                "%s was asked %d times by %d executors".formatted(key, entry.asked(), executors)));
      }
    });
    for (LoggedEvent answer : run.answers()) {
      String message = answer.text("messageId");
      String key = run.where() + ":" + message.substring(0, Math.max(0, message.lastIndexOf('.')));
      ProviderBooks.Entry entry = book.getOrDefault(key, ProviderBooks.Entry.NONE);
      if (entry.answered() == 0 || !entry.answer().equals(answer.text("text"))) {
        found.add(run.breach(Law.SAID_BY_MODEL, "message %s was not said".formatted(message)));
      }
    }
  }

  private static long epoch(LoggedEvent event) {
    return event.type().equals("run.executor_lost") ? event.number("epoch") : event.epoch();
  }
}
