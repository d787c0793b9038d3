package com.openagents.runtime.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import org.slf4j.event.KeyValuePair;

/// For machines: one JSON object. What the context knows (trace and request ids) and what the
/// message carries stand beside the fixed fields; a name that is taken gets `ctx_` before it.
final class JsonFormat implements LineFormat {
  private static final List<String> FIXED =
      List.of("time", "level", "logger", "thread", "message", "error");

  @Override
  public void append(StringBuilder line, ILoggingEvent event, SecretMask mask) {
    line.append('{');
    Instant time = event.getInstant();
    if (time == null) {
      time = Instant.ofEpochMilli(event.getTimeStamp());
    }
    appendField(line, "time", time.truncatedTo(ChronoUnit.MICROS).toString());
    appendField(line, "level", event.getLevel().toString());
    appendField(line, "logger", event.getLoggerName());
    appendField(line, "thread", event.getThreadName());
    appendField(line, "message", mask.masked(event.getFormattedMessage()));
    var context = new TreeMap<String, Object>(event.getMDCPropertyMap());
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        context.put(pair.key, pair.value == null ? "null" : pair.value);
      }
    }
    context.forEach((name, value) -> appendContext(line, name, value, mask));
    if (event.getThrowableProxy() != null) {
      var lines = StackTrace.lines(event.getThrowableProxy());
      appendField(line, "error", mask.masked(String.join("\n", lines)));
    }
    line.append('}');
  }

  private static void appendContext(
      StringBuilder line, String name, Object value, SecretMask mask) {
    String free = FIXED.contains(name) ? "ctx_" + name : name;
    if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
      appendName(line, free).append(value);
    } else {
      appendField(line, free, mask.masked(name, value.toString()));
    }
  }

  private static void appendField(StringBuilder line, String name, String value) {
    appendString(appendName(line, name), value);
  }

  private static StringBuilder appendName(StringBuilder line, String name) {
    if (line.charAt(line.length() - 1) != '{') {
      line.append(',');
    }
    appendString(line, name);
    return line.append(':');
  }

  private static void appendString(StringBuilder line, String text) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (c == 0) {
        line.append('\ufffd'); // stores that keep logs refuse U+0000
      } else if (Unprintable.matches(c)) {
        Unprintable.appendEscape(line, c);
      } else {
        line.append(c);
      }
    }
    line.append('"');
  }
}
