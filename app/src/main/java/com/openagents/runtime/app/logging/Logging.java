package com.openagents.runtime.app.logging;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import com.openagents.runtime.app.settings.LogFormat;
import java.time.ZoneId;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Sets up Logback, in code: no file has to be found and parsed at a start.
///
/// Logback finds this class as a service and asks it first; where somebody has put a configuration
/// of their own, this one steps back. [#use] then applies the operator's settings.
public final class Logging extends ContextAwareBase implements Configurator {
  private static final String APPENDER = "standard-error";

  /// Libraries whose everyday news is no news to an operator.
  private static final List<String> QUIET =
      List.of(
          "com.zaxxer.hikari",
          "io.javalin",
          "org.eclipse.jetty",
          "org.flywaydb",
          "org.hibernate.validator",
          "org.jooq");

  /// Warns of a PostgreSQL older than jOOQ's newest dialect. 15 is, and may be: no statement here
  /// needs a newer one.
  private static final String DIALECT = "org.jooq.impl.DefaultExecuteContext.logVersionSupport";

  /// Warns of every request whose `Host` is none, which is answered with 400: whoever sends many
  /// would fill the log.
  private static final String BAD_HOST = "org.eclipse.jetty.util.HostPort";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (isConfiguredByFile()) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    install(context, usual(), new SecretMask(List.of()));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static boolean isConfiguredByFile() {
    var classPath = Logging.class.getClassLoader();
    return System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null
        || classPath.getResource(ClassicConstants.TEST_AUTOCONFIG_FILE) != null
        || classPath.getResource(ClassicConstants.AUTOCONFIG_FILE) != null;
  }

  /// Text where a person is looking, else JSON.
  public static LogFormat usual() {
    return Terminal.isStandardError() ? LogFormat.TEXT : LogFormat.JSON;
  }

  /// Applies the settings, unless the operator configured Logback.
  ///
  /// @param secrets texts that must never be printed
  public static void use(LogFormat format, List<String> secrets) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context && isOurs(context)) {
      context.reset();
      install(context, format, new SecretMask(secrets));
    }
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  /// Keeps what is no trouble out of the log from here on: for a command that tells itself how it
  /// gets on. Does nothing when the operator configured Logback.
  public static void troubleOnly() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context && isOurs(context)) {
      context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    }
  }

  private static boolean isOurs(LoggerContext context) {
    return context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER) != null;
  }

  private static void install(LoggerContext context, LogFormat format, SecretMask mask) {
    var encoder =
        new LineEncoder(
            switch (format) {
              case TEXT -> new TextFormat(ZoneId.systemDefault());
              case JSON -> new JsonFormat();
            },
            mask);
    encoder.setContext(context);
    encoder.start();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setName(APPENDER);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(appender);
    QUIET.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    context.getLogger(DIALECT).setLevel(Level.ERROR);
    context.getLogger(BAD_HOST).setLevel(Level.ERROR);
  }
}
