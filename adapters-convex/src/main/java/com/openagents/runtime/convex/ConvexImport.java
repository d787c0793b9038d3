package com.openagents.runtime.convex;

import com.openagents.runtime.convex.Batches.Target;
import com.openagents.runtime.convex.ConvexAnswer.Failed;
import com.openagents.runtime.convex.ConvexAnswer.Lost;
import com.openagents.runtime.convex.ConvexCredential.AdminKey;
import com.openagents.runtime.convex.ConvexValue.Arr;
import com.openagents.runtime.convex.ConvexValue.Bool;
import com.openagents.runtime.convex.ConvexValue.Obj;
import com.openagents.runtime.convex.ConvexValue.Str;
import com.openagents.runtime.projection.ProjectionSink.Change.Upsert;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.WriterFenced;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings very many documents of one projection by Convex's import of snapshots, as after a
/// rebuild.
///
/// Made by [ConvexSink#imports]. Imports know no fence and no guard. So their lines land in a table
/// of their own, and go among the documents by mutations that have both: a former writer can fill
/// that table and nothing else. Not thread-safe.
public final class ConvexImport {

  private static final Logger LOG = LoggerFactory.getLogger(ConvexImport.class);

  /// Well below what is taken in one call, and a second or two of what may be written.
  private static final int PART_BYTES = 4 << 20;

  private static final String STAGED = "imported";

  private final ConvexCalls calls;
  private final Writing writing;
  private final WriteRate rate;

  /// Lines in one page.
  private long limit = 500;

  /// @param rate to which all writes to the deployment keep
  ConvexImport(HttpClient http, ConvexSettings settings, AdminKey key, WriteRate rate) {
    ConvexSink.refuseDevelopment(settings, key.instance());
    this.calls = new ConvexCalls(http, settings, key, LOG::warn);
    this.writing = new Writing(calls, LOG::warn);
    this.rate = rate;
  }

  /// What became of the documents. Those that came twice, after an answer was lost, count twice.
  ///
  /// @param refused ids of documents with the reason why they were not taken
  public record Imported(
      long applied, long skipped, long stale, long replaced, List<Refusal> refused) {}

  public record Refusal(String documentId, String reason) {}

  /// Imports documents into a generation that was begun. Documents that are there and stand above
  /// them stay.
  ///
  /// @throws WriterFenced when another writer has come
  /// @throws SinkAway when the whole import may be made again later
  public Imported run(long epoch, String projection, long generation, Iterator<Upsert> documents) {
    Target target = new Target(epoch, projection, generation);
    Imported imported = new Imported(0, 0, 0, 0, new ArrayList<>());
    discard(target);
    while (documents.hasNext()) {
      stage(part(target, documents, imported.refused()));
      imported = promote(target, imported);
    }
    return imported;
  }

  private static String part(Target target, Iterator<Upsert> documents, List<Refusal> refused) {
    StringBuilder lines = new StringBuilder();
    while (documents.hasNext() && lines.length() < PART_BYTES) {
      Upsert upsert = documents.next();
      Optional<String> reason =
          DocumentLimits.refusal(ConvexDocuments.of(upsert.document(), upsert.projectedAt()));
      reason.ifPresent(why -> refused.add(new Refusal(upsert.document().id(), why)));
      if (reason.isEmpty()) {
        lines.append(ImportLine.of(target, upsert)).append('\n');
      }
    }
    return lines.toString();
  }

  private void stage(String lines) {
    if (lines.isEmpty()) {
      return;
    }
    rate.await(lines.getBytes(StandardCharsets.UTF_8).length);
    ConvexAnswer answer = calls.importLines(STAGED, "append", lines);
    writing.value(0, answer instanceof Lost ? calls.importLines(STAGED, "append", lines) : answer);
  }

  private Imported promote(Target target, Imported sum) {
    boolean done = false;
    while (!done) {
      Obj page = rated("promote", target.epoch(), target.args(), 2);
      Obj counts = Writing.object(page.get("counts") instanceof Obj c ? c : ConvexValue.NULL);
      sum =
          new Imported(
              sum.applied() + Writing.integer(counts, "applied"),
              sum.skipped() + Writing.integer(counts, "skipped"),
              sum.stale() + Writing.integer(counts, "stale"),
              sum.replaced() + Writing.integer(counts, "replaced"),
              sum.refused());
      sum.refused().addAll(refusals(page));
      done = isDone(page);
    }
    return sum;
  }

  private static List<Refusal> refusals(Obj page) {
    List<ConvexValue> refused =
        page.get("refused") instanceof Arr(List<ConvexValue> items) ? items : List.of();
    return refused.stream()
        .map(Writing::object)
        .map(one -> new Refusal(text(one, "documentId"), Said.of(text(one, "reason"))))
        .toList();
  }

  private static String text(Obj in, String name) {
    return in.get(name) instanceof Str(String text) ? text : "";
  }

  private void discard(Target target) {
    Obj args = ConvexValue.EMPTY.with("stream", target.stream());
    boolean done = false;
    while (!done) {
      done = isDone(rated("discard", target.epoch(), args, 1));
    }
  }

  /// A mutation that tells how many bytes of lines it moved. What it replaces may be so much larger
  /// than these that a page is too much for it; pages stay smaller then.
  ///
  /// @param times how often these bytes are written
  private Obj rated(String function, long epoch, Obj args, int times) {
    rate.await(0);
    ConvexAnswer answer = paged(function, epoch, args);
    while (answer instanceof Failed && limit > 1) {
      limit /= 2;
      answer = paged(function, epoch, args);
    }
    Obj page = Writing.object(writing.value(epoch, answer));
    rate.spend(times * Writing.integer(page, "bytes"));
    return page;
  }

  private ConvexAnswer paged(String function, long epoch, Obj args) {
    return writing.answered(function, args.with("limit", limit).with("epoch", epoch));
  }

  private static boolean isDone(Obj page) {
    return page.get("done") instanceof Bool(boolean done) && done;
  }
}
