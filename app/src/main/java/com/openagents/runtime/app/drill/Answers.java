package com.openagents.runtime.app.drill;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/// Every answer that clients of the drill got, held against the OpenAPI document. Thread-safe.
final class Answers {

  /// Refusals that pass: who repeats the call later is served.
  private static final Set<Integer> PASSING = Set.of(401, 429, 503);

  private static final int BREACHES_MAX = 100;

  private final Map<Call, Set<String>> documented;
  private final Map<Integer, LongAdder> counts = new ConcurrentHashMap<>();
  private final LongAdder unanswered = new LongAdder();
  private final ConcurrentLinkedQueue<Breach> breaches = new ConcurrentLinkedQueue<>();

  private Answers(Map<Call, Set<String>> documented) {
    this.documented = documented;
  }

  /// @param openapi the document that a node serves
  static Answers documentedBy(Json.Obj openapi) {
    Map<Call, Set<String>> documented = new EnumMap<>(Call.class);
    for (Call call : Call.values()) {
      Json.Obj operation = child(child(child(openapi, "paths"), call.path()), call.method());
      documented.put(call, Set.copyOf(child(operation, "responses").fields().keySet()));
    }
    return new Answers(documented);
  }

  private static Json.Obj child(Json.Obj parent, String name) {
    if (parent.get(name) instanceof Json.Obj child) {
      return child;
    }
    throw new IllegalStateException("the OpenAPI document has no " + name);
  }

  /// Notes an answer.
  ///
  /// @return whether the call is to be repeated
  boolean toRepeat(Call call, String where, Reply reply) {
    counts.computeIfAbsent(reply.status(), _ -> new LongAdder()).increment();
    if (!documented.getOrDefault(call, Set.of()).contains(Integer.toString(reply.status()))
        || reply.status() == 500) {
      breach(where, call + " was answered with " + reply.status() + " " + reply.problem());
    } else if (reply.status() >= 400 && !saysWhy(reply)) {
      breach(where, call + " was refused with " + reply.status() + " and no error");
    }
    return PASSING.contains(reply.status()) || reply.status() >= 500;
  }

  private static boolean saysWhy(Reply reply) {
    return reply.body().get("error") instanceof Json.Obj error
        && !LoggedEvent.text(error, "code").isEmpty()
        && !LoggedEvent.text(error, "message").isEmpty()
        && !LoggedEvent.text(error, "requestId").isEmpty();
  }

  /// Notes an answer that should not have been given.
  void breach(String where, String what) {
    if (breaches.size() < BREACHES_MAX) {
      breaches.add(new Breach(Law.TYPED_ANSWERS, where, what));
    }
  }

  /// Notes a call without an answer, which may have had its effect.
  void unanswered() {
    unanswered.increment();
  }

  List<Breach> breaches() {
    return List.copyOf(breaches);
  }

  /// Answers by status; those that did not come count as `none`.
  Map<String, Long> counts() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((status, count) -> all.put(status.toString(), count.sum()));
    all.put("none", unanswered.sum());
    return all;
  }

  long requests() {
    return counts().values().stream().mapToLong(Long::longValue).sum();
  }
}
