package com.openagents.runtime.convex;

import com.openagents.runtime.convex.ConvexValue.Float64;
import com.openagents.runtime.convex.ConvexValue.Obj;
import com.openagents.runtime.convex.ConvexValue.Str;
import com.openagents.runtime.projection.SinkRefusing;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether a deployment runs functions that this writer can call.
///
/// A deploy that went elsewhere, or did not come about, shows here and not in odd failures later.
final class Deployment {

  static final int PROTOCOL = 1;

  /// The functions that this writer was made for; later ones of the same major version will do.
  static final String FUNCTIONS = "1.2.0";

  private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");

  private Deployment() {}

  /// @return the version that it runs
  /// @throws SinkRefusing when it runs others, or none
  static String check(Writing writing) {
    Obj version = writing.query("version", ConvexValue.EMPTY);
    boolean speaks = version.get("protocol") instanceof Float64(double p) && p == PROTOCOL;
    String functions = version.get("functions") instanceof Str(String text) ? Said.of(text) : "";
    if (!speaks || !suits(functions)) {
      throw new SinkRefusing(
          "incompatible",
          "the deployment runs functions %s, this writer needs %s: deploy those of this release"
              .formatted(functions, FUNCTIONS));
    }
    return functions;
  }

  /// Ties the deployment to a log, unless it is tied already.
  ///
  /// @param log names it; empty for none
  /// @throws SinkRefusing when it shows the documents of another
  static void claim(Writing writing, String log) {
    writing.mutated("claim", ConvexValue.EMPTY.with("log", log));
  }

  static boolean suits(String functions) {
    Matcher there = VERSION.matcher(functions);
    Matcher here = VERSION.matcher(FUNCTIONS);
    if (!there.matches() || !here.matches() || number(there, 1) != number(here, 1)) {
      return false;
    }
    int minor = Integer.compare(number(there, 2), number(here, 2));
    return minor > 0 || (minor == 0 && number(there, 3) >= number(here, 3));
  }

  private static int number(Matcher version, int part) {
    return Integer.parseInt(version.group(part));
  }
}
