package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.testkit.Drafts;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What somebody wants of one run.
///
/// @param threadId may be that of other runs of the same play
/// @param messages what is said to it, the first with its start
/// @param cancels whether its end is asked for at some time
/// @param forkOf the run that it begins as a fork of, and whose lifecycle it has; or null
public record Conversation(
    RunId runId,
    ThreadId threadId,
    Lifecycle lifecycle,
    WhileBusy whileBusy,
    List<String> messages,
    boolean cancels,
    @Nullable RunId forkOf) {

  private static final int MESSAGES_MAX = 3;
  private static final int CANCELS_ONE_IN = 4;
  private static final int ASKS_ONE_IN = 4;
  private static final int SHARES_ONE_IN = 3;

  public Conversation {
    messages = List.copyOf(messages);
  }

  /// A run in a thread of its own, or in one that others of the same play may be in as well.
  public static Conversation random(RandomGenerator random, int number) {
    return new Conversation(
        Drafts.runId(number),
        new ThreadId(random.nextInt(SHARES_ONE_IN) == 0 ? "thread-shared" : "thread-" + number),
        random.nextBoolean() ? Lifecycle.TURN : Lifecycle.SESSION,
        whileBusy(random),
        messages(random, number),
        random.nextInt(CANCELS_ONE_IN) == 0,
        null);
  }

  /// A run that begins with a copy of the beginning of another.
  static Conversation fork(RandomGenerator random, int number, Conversation original) {
    RunId runId = Drafts.runId(number);
    return new Conversation(
        runId,
        new ThreadId(runId.toString()),
        original.lifecycle,
        original.whileBusy,
        messages(random, number),
        random.nextInt(CANCELS_ONE_IN) == 0,
        original.runId);
  }

  private static List<String> messages(RandomGenerator random, int number) {
    return IntStream.rangeClosed(1, 1 + random.nextInt(MESSAGES_MAX))
        .mapToObj(i -> message(random, i + " of " + number))
        .toList();
  }

  /// A fork as its original makes it.
  Conversation under(Conversation original) {
    return new Conversation(
        runId, threadId, original.lifecycle, original.whileBusy, messages, cancels, forkOf);
  }

  private static WhileBusy whileBusy(RandomGenerator random) {
    List<WhileBusy> all = List.of(WhileBusy.values());
    return all.get(random.nextInt(all.size()));
  }

  private static String message(RandomGenerator random, String which) {
    String asks = random.nextInt(ASKS_ONE_IN) == 0 ? SimulatedAgent.IF_ALLOWED : "";
    return "message " + which + asks;
  }

  /// One turn in a thread of its own, about one message.
  public static Conversation turn(int number, String message) {
    return new Conversation(
        Drafts.runId(number),
        new ThreadId("thread-" + number),
        Lifecycle.TURN,
        WhileBusy.ENQUEUE,
        List.of(message),
        false,
        null);
  }

  /// The same with a little less in it.
  Stream<Conversation> shorter() {
    return Stream.of(
            with(messages.subList(0, Math.max(1, messages.size() - 1)), lifecycle, cancels),
            with(messages.subList(messages.size() - 1, messages.size()), lifecycle, cancels),
            with(messages.stream().map(Conversation::plain).toList(), lifecycle, cancels),
            with(messages, forkOf == null ? Lifecycle.TURN : lifecycle, cancels),
            with(messages, lifecycle, false))
        .filter(shorter -> !shorter.equals(this));
  }

  private Conversation with(List<String> said, Lifecycle until, boolean canceled) {
    return new Conversation(runId, threadId, until, whileBusy, said, canceled, forkOf);
  }

  private static String plain(String message) {
    return message.replace(SimulatedAgent.IF_ALLOWED, "");
  }

  /// Which of the play's it is, from 1.
  int number() {
    return (int) runId.value().getLeastSignificantBits();
  }

  /// How much somebody who reads along has to follow.
  int size() {
    long asks = messages.stream().filter(message -> !message.equals(plain(message))).count();
    return messages.size()
        + (int) asks
        + (cancels ? 1 : 0)
        + (forkOf == null ? 0 : 1)
        + (lifecycle == Lifecycle.SESSION ? 1 : 0);
  }

  @Override
  public String toString() {
    return "%s %s: %s, %s%s, %s"
        .formatted(
            GatedLog.shown(runId),
            forkOf == null ? "in " + threadId.value() : "forks " + GatedLog.shown(forkOf),
            lifecycle,
            whileBusy,
            cancels ? ", canceled" : "",
            messages);
  }
}
