package com.openagents.runtime.seal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/// Verifies a bundle without a server or a store.
public final class Verify {

  private static final int BUFFER = 64 << 10;

  private Verify() {}

  /// Reads a bundle up to its end or its first broken line.
  ///
  /// Takes memory for one line, at most 16 MiB of text.
  ///
  /// @param trustedKeys the public keys of installations that the caller trusts, as the
  ///   installation publishes them; without any, an intact bundle is one that somebody sealed
  public static Report bundle(InputStream in, Set<String> trustedKeys) throws IOException {
    Verification verification = new Verification(trustedKeys);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    int length;
    while (!verification.broken() && (length = in.read(buffer)) >= 0) {
      lines(buffer, length, line, verification);
    }
    if (line.size() > 0) {
      verification.line(line.toByteArray());
    }
    return verification.report();
  }

  private static void lines(
      byte[] buffer, int length, ByteArrayOutputStream line, Verification verification) {
    int begin = 0;
    for (int i = 0; i < length; i++) {
      if (buffer[i] == '\n') {
        line.write(buffer, begin, i - begin);
        verification.line(line.toByteArray());
        line.reset();
        begin = i + 1;
      }
    }
    line.write(buffer, begin, length - begin);
    if (line.size() > BundleLine.BYTES_MAX && !verification.broken()) {
      verification.tooLong();
    }
  }
}
