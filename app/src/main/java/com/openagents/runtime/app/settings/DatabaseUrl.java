package com.openagents.runtime.app.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL database of the operator's own.
///
/// @param jdbcUrl the address for the JDBC driver, without the credentials
/// @param user empty where the driver is to find one
/// @param password empty where the driver is to find one
public record DatabaseUrl(String jdbcUrl, String user, String password) {
  private static final String JDBC = "jdbc:";
  private static final Pattern FORM =
      Pattern.compile(
          "(?:jdbc:)?(?:postgresql|postgres)://(?:(?<user>[^:@/?#]*)(?::(?<password>[^@/?#]*))?@)?"
              + "(?<hosts>[^@/?#]*)(?:/(?<database>[^/?#]*))?(?:\\?(?<query>[^#]*))?");

  /// Parameters that the C library and the JDBC driver name differently.
  private static final Map<String, String> DRIVER_NAMES =
      Map.of(
          "application_name", "ApplicationName",
          "connect_timeout", "connectTimeout",
          "target_session_attrs", "targetServerType",
          "keepalives", "tcpKeepAlive");

  private static final Map<String, String> SERVER_TYPES =
      Map.of(
          "read-write",
          "primary",
          "read-only",
          "secondary",
          "prefer-standby",
          "preferSecondary",
          "standby",
          "secondary");

  /// Reads `postgresql://user:password@host:port/db?…` or the JDBC form of it.
  ///
  /// @throws IllegalArgumentException when the text is neither; the message has nothing of it
  public static DatabaseUrl parse(String text) {
    Matcher url = FORM.matcher(text);
    if (!url.matches() || orEmpty(url.group("hosts")).isEmpty()) {
      throw refused();
    }
    var parameters = parameters(orEmpty(url.group("query")));
    String user = orEmpty(parameters.remove("user"));
    String password = orEmpty(parameters.remove("password"));
    if (url.group("user") != null) {
      user = decoded(url.group("user"));
      password = decoded(orEmpty(url.group("password")));
    }
    if (!text.startsWith(JDBC)) {
      parameters = forDriver(parameters);
    }
    String query =
        parameters.entrySet().stream()
            .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    String address =
        "jdbc:postgresql://" + url.group("hosts") + "/" + orEmpty(url.group("database"));
    return new DatabaseUrl(query.isEmpty() ? address : address + "?" + query, user, password);
  }

  private static LinkedHashMap<String, String> parameters(String query) {
    var parameters = new LinkedHashMap<String, String>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        parameters.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static LinkedHashMap<String, String> forDriver(Map<String, String> parameters) {
    var renamed = new LinkedHashMap<String, String>();
    parameters.forEach((name, value) -> {
      String driverName = DRIVER_NAMES.getOrDefault(name, name);
      boolean serverType = driverName.equals("targetServerType");
      renamed.put(driverName, serverType ? SERVER_TYPES.getOrDefault(value, value) : value);
    });
    return renamed;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException _) {
      throw refused();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static IllegalArgumentException refused() {
    return new IllegalArgumentException(
        "has not the form postgresql://user:password@host:port/database"
            + " (special characters percent-encoded) or jdbc:postgresql://host:port/database");
  }

  /// Leaves the password out.
  @Override
  public String toString() {
    return user.isEmpty() ? jdbcUrl : jdbcUrl + " as " + user;
  }
}
