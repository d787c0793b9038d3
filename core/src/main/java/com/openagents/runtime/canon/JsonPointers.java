package com.openagents.runtime.canon;

import java.util.regex.Pattern;
import tools.jackson.core.TokenStreamContext;

/// Names a place in a document that a stranger sent: `/payload/parts/0/text`.
///
/// A name in it may be anything, so it is cut short and kept printable: an answer that quotes it
/// must be writable as JSON, and safe in a log.
final class JsonPointers {

  private static final int NAME_SHOWN = 64;
  private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");

  private JsonPointers() {}

  static String shown(TokenStreamContext place) {
    StringBuilder path = new StringBuilder();
    write(place, path);
    return path.toString();
  }

  private static void write(TokenStreamContext place, StringBuilder path) {
    if (place.inRoot()) {
      return;
    }
    write(place.getParent(), path);
    if (place.inArray() && place.hasCurrentIndex()) {
      path.append('/').append(place.getCurrentIndex());
    } else if (place.inObject() && place.hasCurrentName()) {
      path.append('/').append(shown(place.currentName()));
    }
  }

  private static String shown(String name) {
    String cut = name.length() <= NAME_SHOWN ? name : name.substring(0, NAME_SHOWN);
    String printable = UNPRINTABLE.matcher(cut).replaceAll("?");
    return printable.replace("~", "~0").replace("/", "~1");
  }
}
