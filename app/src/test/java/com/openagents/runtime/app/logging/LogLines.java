package com.openagents.runtime.app.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;

/// What one call of a logger writes.
final class LogLines {
  private LogLines() {}

  static String text(Consumer<Logger> call, String... secrets) {
    return written(new TextFormat(ZoneOffset.UTC), call, secrets);
  }

  static String json(Consumer<Logger> call, String... secrets) {
    return written(new JsonFormat(), call, secrets);
  }

  private static String written(LineFormat format, Consumer<Logger> call, String... secrets) {
    var output = new StringBuilder();
    var encoder = new LineEncoder(format, new SecretMask(List.of(secrets)));
    var context = new LoggerContext();
    var appender =
        new AppenderBase<ILoggingEvent>() {
          @Override
          protected void append(ILoggingEvent event) {
            output.append(new String(encoder.encode(event), UTF_8));
          }
        };
    appender.setContext(context);
    appender.start();
    var logger = context.getLogger("com.openagents.runtime.Some");
    logger.setLevel(Level.INFO);
    logger.addAppender(appender);
    context.setMDCAdapter(new LogbackMDCAdapter());
    call.accept(logger);
    return output.toString();
  }
}
