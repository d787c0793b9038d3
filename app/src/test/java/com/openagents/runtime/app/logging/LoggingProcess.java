package com.openagents.runtime.app.logging;

import com.openagents.runtime.app.settings.LogFormat;
import java.util.List;
import org.slf4j.LoggerFactory;

/// A process that logs through every door: before and after the settings are known, and from a
/// library that uses the JDK's own logging.
final class LoggingProcess {
  private LoggingProcess() {}

  public static void main(String[] arguments) {
    var log = LoggerFactory.getLogger(LoggingProcess.class);
    log.info("before hunter2-hunter2");
    Logging.use(LogFormat.valueOf(arguments[0]), List.of("hunter2-hunter2"));
    // What libraries have to say that is no news to an operator.
    LoggerFactory.getLogger("org.eclipse.jetty.util.HostPort").warn("noise of a bad Host");
    LoggerFactory.getLogger("org.jooq.impl.DefaultExecuteContext.logVersionSupport").warn("noise");
    LoggerFactory.getLogger("org.hibernate.validator.internal.util.Version").info("noise");
    log.info("after hunter2-hunter2");
    log.debug("too fine");
    java.util.logging.Logger.getLogger("org.postgresql").warning("from the JDK's");
    LoggerFactory.getLogger("org.flywaydb.core.Flyway").info("everyday news");
    Logging.troubleOnly();
    log.info("how it gets on");
    log.warn("trouble");
  }
}
