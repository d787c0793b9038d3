package com.openagents.runtime.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;

/// How an event looks in the log. Stateless.
@FunctionalInterface
interface LineFormat {
  /// Appends the event without the end of its line.
  void append(StringBuilder line, ILoggingEvent event, SecretMask mask);
}
