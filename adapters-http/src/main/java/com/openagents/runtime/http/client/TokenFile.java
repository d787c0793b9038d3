package com.openagents.runtime.http.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// A file in which something else keeps an identity token fresh. It is read anew for every call.
/// Thread-safe.
public record TokenFile(Path path) {

  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  /// @throws UncheckedIOException when there is no token in it; the message never has its text
  String read() {
    try {
      String text = Files.readString(path).strip();
      if (TOKEN.matcher(text).matches()) {
        return text;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the identity token cannot be read", e);
    }
    throw new UncheckedIOException(
        "the identity token cannot be used", new IOException(path + " holds no token"));
  }
}
