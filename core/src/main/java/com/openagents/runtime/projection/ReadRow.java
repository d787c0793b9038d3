package com.openagents.runtime.projection;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.run.Utterance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/// A row of the read models that people and products ask with SQL; follows from one event.
///
/// Ids follow from run and sequence, so writing a row again changes nothing.
public sealed interface ReadRow {

  /// What the ids of both kinds depend on.
  private static String id(String prefix, RunId runId, long seq) {
    return prefix + Digest.ofText(runId + ":" + seq).hex().substring(0, 30);
  }

  /// Where rows of one form are kept: at most one for each event of a run.
  enum Table {
    MESSAGES("read_messages"),
    STEPS("read_run_events");

    private final String word;

    Table(String word) {
      this.word = word;
    }

    /// As databases and reports have it.
    public String word() {
      return word;
    }
  }

  Table table();

  RunSubject run();

  long seq();

  Instant at();

  /// `rtmsg_` or `rtevt_` and 30 hex digits.
  String id();

  /// Of all that it says, so that two rows can be compared without bringing them.
  Digest hash();

  /// What both forms say: lines of text, times in microseconds since 1970.
  private static String said(ReadRow row) {
    return "%s\n%d\n%d\n"
        .formatted(
            row.run().runId(), row.seq(), ChronoUnit.MICROS.between(Instant.EPOCH, row.at()));
  }

  /// Something that was said.
  ///
  /// @param role `user`, `note` or `agent`
  /// @param text the whole text, or where it lies when it is large
  /// @param interrupted whether its speaker died before its end
  record Message(
      RunSubject run, long seq, Instant at, String role, String text, boolean interrupted)
      implements ReadRow {
    @Override
    public String id() {
      return ReadRow.id("rtmsg_", run.runId(), seq);
    }

    @Override
    public Table table() {
      return Table.MESSAGES;
    }

    @Override
    public Digest hash() {
      String said =
          String.join(
              "\n",
              run.threadId().value(),
              run.owner().key(),
              role,
              Boolean.toString(interrupted),
              text);
      return Digest.ofText(ReadRow.said(this) + said);
    }
  }

  /// A step in the life of a run, without what it carried.
  record Step(RunSubject run, long seq, Instant at, String type) implements ReadRow {
    @Override
    public String id() {
      return ReadRow.id("rtevt_", run.runId(), seq);
    }

    @Override
    public Table table() {
      return Table.STEPS;
    }

    @Override
    public Digest hash() {
      return Digest.ofText(ReadRow.said(this) + type);
    }
  }

  /// Whether rows tell anything of what events of this type say.
  static boolean reads(EventType type) {
    return type == EventType.FRAME_ACCEPTED || type == EventType.MESSAGE_COMPLETED;
  }

  /// The rows of an event that stays in the log, and of whose content they tell nothing.
  static List<ReadRow> of(RunSubject run, StoredEvent stored) {
    return List.of(new Step(run, stored.seq(), stored.occurredAt(), stored.type()));
  }

  /// The rows of an event that stays in the log.
  static List<ReadRow> of(RunSubject run, Envelope envelope) {
    Event event = envelope.event();
    Step step = new Step(run, envelope.seq(), envelope.occurredAt(), event.type());
    String text =
        switch (event) {
          case MessageCompleted message -> message.shown();
          case FrameAccepted _ -> Utterance.of(event).map(Utterance::text).orElse("");
          default -> "";
        };
    if (text.isEmpty()) {
      return List.of(step);
    }
    String role =
        Utterance.of(event).map(u -> u.speaker().name().toLowerCase(Locale.ROOT)).orElse("agent");
    boolean interrupted =
        event instanceof MessageCompleted message && message.outcome() == Outcome.INTERRUPTED;
    return List.of(
        step, new Message(run, envelope.seq(), envelope.occurredAt(), role, text, interrupted));
  }
}
