package com.openagents.runtime.projection;

import static com.openagents.runtime.run.SavedFields.number;
import static com.openagents.runtime.run.SavedFields.object;
import static com.openagents.runtime.run.SavedFields.text;
import static com.openagents.runtime.run.SavedFields.time;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.run.Run;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `thread_summary`: what the runs of a thread come to together.
///
/// It does not depend on how the events of different runs interleave: counts are sums, times are
/// the earliest and the latest, and what is said of the newest run is that run's alone.
///
/// @param seq the sum of the runs' sequences, which is the number of their events
/// @param statuses how many runs are in which state
/// @param latest the newest run by time of creation, then by id
/// @param updatedAt the latest time of any event that stays in a log
public record ThreadSummary(
    ThreadId threadId,
    Principal owner,
    long seq,
    Map<String, Long> statuses,
    Latest latest,
    Instant createdAt,
    Instant updatedAt) {

  public static final ProjectionId ID = new ProjectionId("thread_summary", 1);

  public record Latest(RunId runId, Instant createdAt, String status) {}

  public ThreadSummary {
    statuses = Map.copyOf(statuses);
  }

  /// Takes in what one event changed in the summary of its run.
  ///
  /// @param thread null when nothing is known of the thread yet
  /// @param before the run's summary before the event, or null when it has begun with it
  /// @param counted up to where the thread counts the run already
  /// @param stays whether the event stays in the log
  static ThreadSummary evolve(
      @Nullable ThreadSummary thread,
      RunSubject run,
      @Nullable RunSummary before,
      RunSummary after,
      long counted,
      boolean stays) {
    ThreadSummary t = thread == null ? begun(run) : thread;
    return new ThreadSummary(
        t.threadId,
        t.owner,
        t.seq + after.latestSeq() - counted,
        counted(t.statuses, before == null ? null : before.run(), after.run()),
        latest(t.latest, new Latest(run.runId(), run.createdAt(), after.status())),
        earlier(t.createdAt, run.createdAt()),
        stays ? later(t.updatedAt, after.latestEventAt()) : t.updatedAt);
  }

  private static ThreadSummary begun(RunSubject run) {
    return new ThreadSummary(
        run.threadId(),
        run.owner(),
        0,
        Map.of(),
        new Latest(run.runId(), run.createdAt(), "absent"),
        run.createdAt(),
        run.createdAt());
  }

  private static Map<String, Long> counted(
      Map<String, Long> counts, @Nullable Run before, Run after) {
    if (Objects.equals(before, after)) {
      return counts;
    }
    Map<String, Long> changed = new HashMap<>(counts);
    if (before != null) {
      changed.computeIfPresent(before.status(), (_, n) -> n == 1 ? null : n - 1);
    }
    changed.merge(after.status(), 1L, Long::sum);
    return changed;
  }

  private static Latest latest(Latest known, Latest other) {
    int order = known.createdAt().compareTo(other.createdAt());
    boolean newer = order < 0 || (order == 0 && known.runId().compareTo(other.runId()) <= 0);
    return newer ? other : known;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  public Document document() {
    Entity entity = Entity.of(threadId);
    Json.Builder counts = Json.object();
    statuses.forEach(counts::put);
    Json.Obj body =
        DocumentBody.begin(ID, entity, seq, owner)
            .put("threadId", threadId.value())
            .put("runCount", statuses.values().stream().mapToLong(n -> n).sum())
            .put("openRunCount", open())
            .put("statusCounts", counts.build())
            .put("latestRunId", latest.runId().toString())
            .put("latestRunStatus", latest.status())
            .put("latestRunCreatedAt", latest.createdAt())
            .put("eventCount", seq)
            .put("createdAt", createdAt)
            .put("updatedAt", updatedAt)
            .build();
    return Document.of(ID, entity, seq, owner, body);
  }

  private long open() {
    return statuses.entrySet().stream()
        .filter(e -> !e.getKey().matches("completed|failed|canceled"))
        .mapToLong(e -> e.getValue())
        .sum();
  }

  /// Reads a document that was kept; empty when it is of another version, or damaged.
  public static Optional<ThreadSummary> read(Document document) {
    try {
      return document.projection().equals(ID)
          ? Optional.of(read(document.owner(), document.body()))
          : Optional.empty();
    } catch (RuntimeException damaged) {
      return Optional.empty();
    }
  }

  private static ThreadSummary read(Principal owner, Json.Obj body) {
    Map<String, Long> statuses = new HashMap<>();
    Json.Obj counts = object(body, "statusCounts");
    counts.fields().keySet().forEach(status -> statuses.put(status, number(counts, status)));
    return new ThreadSummary(
        new ThreadId(text(body, "threadId")),
        owner,
        number(body, "eventCount"),
        statuses,
        new Latest(
            RunId.parse(text(body, "latestRunId")),
            time(body, "latestRunCreatedAt"),
            text(body, "latestRunStatus")),
        time(body, "createdAt"),
        time(body, "updatedAt"));
  }
}
