package com.openagents.runtime.testkit.assertion;

import com.openagents.runtime.event.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A log as people read it: one line for each event, in columns.
final class LogTable {

  private static final int TYPE = 3;

  private LogTable() {}

  static String of(List<Envelope> events) {
    if (events.isEmpty()) {
      return "(no events)";
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("seq", "after", "epoch", "type", "payload"));
    Instant begin = events.getFirst().occurredAt();
    events.forEach(event -> rows.add(row(event, begin)));
    return String.join("\n", rows.stream().map(row -> line(row, widths(rows))).toList());
  }

  private static List<String> row(Envelope event, Instant begin) {
    return List.of(
        Long.toString(event.seq()),
        elapsed(Duration.between(begin, event.occurredAt())),
        event.epoch() == null ? "" : event.epoch().toString(),
        event.event().type(),
        ShortPayload.of(event.event()));
  }

  /// `3d 04:05:06.007`, without the days and the fraction when there are none.
  private static String elapsed(Duration time) {
    String days = time.toDays() == 0 ? "" : time.toDays() + "d ";
    String clock =
        "%02d:%02d:%02d".formatted(time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart());
    return days + clock + (time.toMillisPart() == 0 ? "" : ".%03d".formatted(time.toMillisPart()));
  }

  private static List<Integer> widths(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column <= TYPE; column++) {
      int of = column;
      widths.add(rows.stream().mapToInt(row -> row.get(of).length()).max().orElse(0));
    }
    return widths;
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column <= TYPE; column++) {
      String cell = row.get(column);
      String space = " ".repeat(widths.get(column) - cell.length());
      line.append(column < TYPE ? space + cell : cell + space).append("  ");
    }
    return line.append(row.getLast()).toString().stripTrailing();
  }
}
