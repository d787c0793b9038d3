package com.openagents.runtime.testkit.engine;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.model.ModelRequest.Role;
import com.openagents.runtime.model.ModelStream;
import com.openagents.runtime.model.Models;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A model that answers as a test tells it, and remembers what it was asked.
///
/// A question takes the next queued reply, or else that of the newest rule that fits, or else the
/// standing answer, which is `ok`. What a rule of the test throws ends the node that asks, and is
/// thrown to the test by [TestRuntime#settle]. Not thread-safe.
public final class FakeModels implements Models {

  private record Rule(Predicate<ModelRequest> fits, Function<ModelRequest, Reply> reply) {}

  private final Consumer<Duration> pass;
  private final TestCode testCode;
  private final Deque<Reply> queued = new ArrayDeque<>();
  private final Deque<Rule> rules = new ArrayDeque<>();
  private final List<ModelRequest> asked = new ArrayList<>();
  private final Map<String, Reply> repeated = new HashMap<>();
  private @Nullable PlayedReply lastQueued;

  /// @param pass lets virtual time pass
  FakeModels(Consumer<Duration> pass, TestCode testCode) {
    this.pass = pass;
    this.testCode = testCode;
    answers("ok");
  }

  /// From now on answers every question so.
  public FakeModels answers(String text) {
    return answers(_ -> Reply.saying(text));
  }

  /// From now on answers every question so.
  public FakeModels answers(Function<ModelRequest, Reply> reply) {
    return rule(_ -> true, reply);
  }

  /// From now on answers questions so whose newest message of the user has this part.
  public FakeModels answersTo(String part, Reply reply) {
    return answersWhen(request -> newest(request).contains(part), reply);
  }

  /// From now on answers questions so that fit.
  public FakeModels answersWhen(Predicate<ModelRequest> fits, Reply reply) {
    return rule(fits, _ -> reply);
  }

  /// Answers the next questions so, one reply for each, whatever the rules.
  ///
  /// A question whose node went down gets its reply again when it is asked again, as from a
  /// provider that goes by the call id. What was to happen in mid-answer happens once.
  public FakeModels answersNext(Reply... replies) {
    queued.addAll(Arrays.asList(replies));
    return this;
  }

  /// How many replies of [#answersNext] nobody has asked for yet.
  public int repliesPending() {
    return queued.size();
  }

  private FakeModels rule(Predicate<ModelRequest> fits, Function<ModelRequest, Reply> reply) {
    rules.addFirst(new Rule(fits, reply));
    return this;
  }

  /// Every question so far, oldest first; one that was asked again after a crash is there twice,
  /// under the same call id.
  public List<ModelRequest> asked() {
    return List.copyOf(asked);
  }

  List<ModelRequest> askedFor(RunId runId) {
    return asked.stream().filter(request -> request.callId().startsWith(runId + ":")).toList();
  }

  private static String newest(ModelRequest request) {
    return request.turns().reversed().stream()
        .filter(turn -> turn.role() == Role.USER)
        .map(ModelRequest.Turn::text)
        .findFirst()
        .orElse("");
  }

  @Override
  public ModelStream open(ModelRequest request) {
    asked.add(request);
    Reply again = repeated.remove(request.callId());
    Reply next = again == null ? queued.poll() : again;
    if (next == null) {
      lastQueued = null;
      return new PlayedReply(testCode.call(() -> byRule(request)), pass, testCode);
    }
    PlayedReply played = new PlayedReply(next, pass, testCode);
    lastQueued = played;
    return played;
  }

  /// Hears that the node is gone to which it spoke last.
  void nodeDown() {
    PlayedReply heard = lastQueued;
    lastQueued = null;
    if (heard != null) {
      heard.again().ifPresent(reply -> repeated.put(asked.getLast().callId(), reply));
    }
  }

  private Reply byRule(ModelRequest request) {
    Rule fitting =
        rules.stream().filter(rule -> rule.fits().test(request)).findFirst().orElseThrow();
    return Objects.requireNonNull(fitting.reply().apply(request), "a rule made no reply");
  }
}
