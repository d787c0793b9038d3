package com.openagents.runtime.convex;

import com.openagents.runtime.convex.ConvexAnswer.Failed;
import com.openagents.runtime.convex.ConvexAnswer.Lost;
import com.openagents.runtime.convex.ConvexAnswer.Refused;
import com.openagents.runtime.convex.ConvexAnswer.Returned;
import com.openagents.runtime.convex.ConvexValue.Arr;
import com.openagents.runtime.convex.ConvexValue.Obj;
import com.openagents.runtime.convex.ConvexValue.Str;
import com.openagents.runtime.projection.ProjectionSink.Outcome;
import com.openagents.runtime.projection.ProjectionSink.Reserving;
import com.openagents.runtime.projection.SinkRefusing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes the operations of one delivery in batches, one after another. Not thread-safe.
///
/// A batch says where its stream stands. When an answer is lost, the stream is asked where it
/// stands by then, and the batch is sent again from there: what was written the first time is
/// skipped by its guard.
final class Batches {

  private static final int TRIES = 4;

  /// Documents one after another for which the function may fail before the rest is left for later:
  /// the fault may be the deployment's.
  private static final int FAILED_MAX = 20;

  private final Writing writing;
  private final ConvexSettings settings;
  private final WriteRate rate;
  private final Positions positions;
  private final Reserving reserving;
  private final long epoch;
  private final String stream;
  private final long generation;
  private final Outcome[] outcomes;
  private int failed;
  private String lastFailed = "";

  Batches(
      Writing writing,
      ConvexSettings settings,
      WriteRate rate,
      Positions positions,
      Reserving reserving,
      Target target,
      int changes) {
    this.writing = writing;
    this.settings = settings;
    this.rate = rate;
    this.positions = positions;
    this.reserving = reserving;
    this.epoch = target.epoch();
    this.stream = target.stream();
    this.generation = target.generation();
    this.outcomes = new Outcome[changes];
    Arrays.fill(outcomes, Outcome.of(Outcome.Kind.LATER));
  }

  /// What is written to, and as whom.
  record Target(long epoch, String stream, long generation) {

    Obj args() {
      return ConvexValue.EMPTY.with("stream", stream).with("generation", generation);
    }
  }

  List<Outcome> write(List<Operation> operations) {
    List<Operation> sent = new ArrayList<>();
    for (Operation operation : operations) {
      operation
          .refusal()
          .ifPresentOrElse(
              reason -> outcomes[operation.index()] = refused(reason), () -> sent.add(operation));
    }
    packed(sent).forEach(this::send);
    return List.of(outcomes);
  }

  /// Whether the functions failed for so many documents in a row that the rest was not sent.
  boolean gaveUp() {
    return failed >= FAILED_MAX;
  }

  /// The id of the last call that failed for a document by itself.
  String lastFailed() {
    return lastFailed;
  }

  private List<List<Operation>> packed(List<Operation> operations) {
    List<List<Operation>> batches = new ArrayList<>();
    List<Operation> batch = new ArrayList<>();
    long bytes = 0;
    for (Operation operation : operations) {
      boolean full =
          batch.size() == settings.rows() || bytes + operation.bytes() > settings.batchBytes();
      if (full && !batch.isEmpty()) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(operation);
      bytes += operation.bytes();
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  private void send(List<Operation> batch) {
    if (gaveUp()) {
      return;
    }
    ConvexAnswer answer = new Lost("not sent");
    for (int tries = 0; tries < TRIES; tries++) {
      answer = sendOnce(batch);
      switch (answer) {
        case Returned(ConvexValue value) -> {
          settle(batch, Writing.object(value));
          return;
        }
        case Refused(String code, Obj data, _) when code.equals("GAP") ->
            positions.heard(stream, Writing.integer(data, "position"));
        case Refused(String code, Obj data, _)
            when code.equals("GENERATION") && Writing.integer(data, "generation") < generation ->
            writing.begin(new Target(epoch, stream, generation));
        case Lost _ -> positions.doubt(stream);
        case Failed(String request) -> {
          divide(batch, request);
          return;
        }
        default -> {
          positions.doubt(stream);
          throw writing.trouble(epoch, answer);
        }
      }
    }
    throw writing.trouble(epoch, answer);
  }

  private ConvexAnswer sendOnce(List<Operation> batch) {
    long from = from();
    String operations = batch.stream().map(Operation::text).collect(Collectors.joining(","));
    StringBuilder args = new StringBuilder(operations.length() + 256);
    ConvexJson.write(
        new Target(epoch, stream, generation).args().with("epoch", epoch).with("from", from), args);
    args.setLength(args.length() - 1);
    args.append(",\"operations\":[").append(operations).append("]}");
    rate.await(args.length() - operations.length() + bytes(batch));
    reserving.upTo(from + 1);
    return writing.batch(args.toString());
  }

  /// Of the operations as they are sent, which are characters of any length.
  private static long bytes(List<Operation> batch) {
    return batch.stream().mapToLong(Operation::bytes).sum();
  }

  private long from() {
    if (positions.present(stream).isEmpty()) {
      Obj place = writing.query("checkpoint", ConvexValue.EMPTY.with("stream", stream));
      positions.heard(stream, Writing.integer(place, "position"));
    }
    return positions.last(stream);
  }

  private void settle(List<Operation> batch, Obj answer) {
    failed = 0;
    writing.taken();
    positions.heard(stream, Writing.integer(answer, "position"));
    if (!(answer.get("results") instanceof Arr(List<ConvexValue> results))
        || results.size() != batch.size()) {
      throw new SinkRefusing("incompatible", "a batch was not answered document by document");
    }
    for (int i = 0; i < batch.size(); i++) {
      outcomes[batch.get(i).index()] = outcome(Writing.object(results.get(i)));
    }
  }

  private static Outcome outcome(Obj result) {
    String reason = result.get("reason") instanceof Str(String text) ? Said.of(text) : null;
    String outcome = result.get("outcome") instanceof Str(String text) ? Said.of(text) : "none";
    return Stream.of(Outcome.Kind.values())
        .filter(kind -> kind != Outcome.Kind.LATER)
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(outcome))
        .findFirst()
        .map(kind -> new Outcome(kind, reason))
        .orElseThrow(() -> new SinkRefusing("incompatible", "no outcome is called " + outcome));
  }

  /// Finds the documents for which a batch failed. Those that fail alone are refused, if the
  /// deployment is well otherwise.
  ///
  /// @param request the id of the call that failed
  private void divide(List<Operation> batch, String request) {
    if (batch.size() > 1) {
      int half = batch.size() / 2;
      send(batch.subList(0, half));
      send(batch.subList(half, batch.size()));
      return;
    }
    Deployment.check(writing);
    writing.tell("the deployment's functions fail for a document by itself", request);
    failed++;
    lastFailed = request;
    outcomes[batch.getFirst().index()] = refused("the deployment cannot take it");
  }

  private static Outcome refused(String reason) {
    return new Outcome(Outcome.Kind.REFUSED, reason);
  }
}
