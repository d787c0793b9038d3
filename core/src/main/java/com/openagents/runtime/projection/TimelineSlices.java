package com.openagents.runtime.projection;

import static com.openagents.runtime.run.SavedFields.array;
import static com.openagents.runtime.run.SavedFields.list;
import static com.openagents.runtime.run.SavedFields.number;
import static com.openagents.runtime.run.SavedFields.text;
import static com.openagents.runtime.run.SavedFields.textIfAny;
import static com.openagents.runtime.run.SavedFields.time;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import com.openagents.runtime.projection.TimelineSlices.Entry;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `timeline_slice`: the newest steps of each run, without the pieces of texts between them.
public final class TimelineSlices implements RunProjection<List<Entry>> {

  public static final TimelineSlices INSTANCE = new TimelineSlices();

  /// How many of the newest events a slice shows.
  public static final int ENTRIES_MAX = 50;

  private static final ProjectionId ID = new ProjectionId("timeline_slice", 1);

  private static final Set<EventType> LABELED =
      EnumSet.of(
          EventType.FRAME_ACCEPTED,
          EventType.TOOL_REQUESTED,
          EventType.RUN_WAITING,
          EventType.RUN_FAILED,
          EventType.RUN_CANCELED);

  private TimelineSlices() {}

  /// @param label what the event is about: a tool's name, a type of frame, a reason; or null
  public record Entry(long seq, String type, Instant at, @Nullable String label) {}

  @Override
  public ProjectionId id() {
    return ID;
  }

  @Override
  public List<Entry> first(RunSubject subject) {
    return List.of();
  }

  @Override
  public boolean reads(EventType type) {
    return LABELED.contains(type);
  }

  @Override
  public List<Entry> apply(List<Entry> entries, Envelope envelope) {
    Event event = envelope.event();
    return with(
        entries, new Entry(envelope.seq(), event.type(), envelope.occurredAt(), label(event)));
  }

  @Override
  public List<Entry> note(List<Entry> entries, long seq, String type, Instant at) {
    return with(entries, new Entry(seq, type, at, null));
  }

  private static List<Entry> with(List<Entry> entries, Entry entry) {
    return Newest.copyOf(entries, ENTRIES_MAX).with(entry);
  }

  private static @Nullable String label(Event event) {
    return switch (event) {
      case FrameAccepted frame -> frame.frameType();
      case ToolRequested tool -> tool.name();
      case RunWaiting waiting -> waiting.waitingFor().wireName();
      case RunFailed failed -> failed.reasonClass().wireName();
      case RunCanceled canceled -> canceled.reasonClass().wireName();
      default -> null;
    };
  }

  @Override
  public void write(List<Entry> entries, Json.Builder body) {
    body.put("entries", array(entries, TimelineSlices::entry));
  }

  private static Json.Obj entry(Entry entry) {
    return Json.object()
        .put("seq", entry.seq())
        .put("type", entry.type())
        .put("at", entry.at())
        .put("label", entry.label())
        .build();
  }

  @Override
  public List<Entry> read(Json.Obj body) {
    return list(
        body,
        "entries",
        in ->
            new Entry(number(in, "seq"), text(in, "type"), time(in, "at"), textIfAny(in, "label")));
  }
}
