package com.openagents.runtime.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.TreeMap;
import org.slf4j.event.KeyValuePair;

/// For people: time of day, level, the logger's short name, the message, and what belongs to it as
/// `name=value`; the stack trace below.
final class TextFormat implements LineFormat {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final ZoneId zone;

  TextFormat(ZoneId zone) {
    this.zone = zone;
  }

  @Override
  public void append(StringBuilder line, ILoggingEvent event, SecretMask mask) {
    TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()).atZone(zone), line);
    line.append(" %-5s ".formatted(event.getLevel()));
    String logger = event.getLoggerName();
    Unprintable.appendEscaped(line, logger.substring(logger.lastIndexOf('.') + 1));
    line.append(": ");
    Unprintable.appendEscaped(line, mask.masked(event.getFormattedMessage()));
    new TreeMap<>(event.getMDCPropertyMap())
        .forEach((name, value) -> appendPair(line, name, value, mask));
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        appendPair(line, pair.key, String.valueOf(pair.value), mask);
      }
    }
    if (event.getThrowableProxy() != null) {
      for (String entry : StackTrace.lines(event.getThrowableProxy())) {
        line.append("\n  ");
        Unprintable.appendEscaped(line, mask.masked(entry));
      }
    }
  }

  private static void appendPair(StringBuilder line, String name, String value, SecretMask mask) {
    line.append(' ');
    Unprintable.appendEscaped(line, name + "=" + mask.masked(name, value));
  }
}
