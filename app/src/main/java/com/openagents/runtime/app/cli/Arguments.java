package com.openagents.runtime.app.cli;

import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/// Reads the values on a command line, and says in one line what is wrong with one.
final class Arguments {

  /// Stands in a command's field until the command line is read.
  static final RunId NO_RUN = new RunId(new UUID(0, 0));

  private Arguments() {}

  static CommandLine readBy(CommandLine commands) {
    return commands
        .registerConverter(RunId.class, told(RunId::parse))
        .registerConverter(Principal.User.class, told(Arguments::user))
        .registerConverter(Principal.Guest.class, told(Principal.Guest::new))
        .registerConverter(URI.class, told(Arguments::service))
        .registerConverter(Duration.class, told(Arguments::duration))
        .setParameterExceptionHandler(
            new WithoutUsage(commands.getParameterExceptionHandler())::handle);
  }

  private static <T> ITypeConverter<T> told(Function<String, T> reader) {
    return text -> {
      try {
        return reader.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + text + "': " + e.getMessage());
      }
    };
  }

  private static Principal.User user(String text) {
    try {
      return new Principal.User(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a user id is an integer from 1 to 2^53-1", e);
    }
  }

  private static URI service(String text) {
    URI url = URI.create(text);
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      throw new IllegalArgumentException(
          "a service's address has the form http://host:port, such as http://127.0.0.1:4000");
    }
    return url;
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("a time has the form 90s, 2m or 1h", e);
    }
  }

  /// Leaves the page of usage out where one value is wrong and the rest was understood.
  private record WithoutUsage(CommandLine.IParameterExceptionHandler usual) {
    int handle(ParameterException failure, String[] arguments) throws Exception {
      if (failure.getValue() == null || failure.getArgSpec() == null) {
        return usual.handleParseException(failure, arguments);
      }
      failure.getCommandLine().getErr().println(failure.getMessage());
      return ExitCode.USAGE;
    }
  }
}
