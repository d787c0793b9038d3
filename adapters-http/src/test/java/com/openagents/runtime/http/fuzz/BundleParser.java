package com.openagents.runtime.http.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.seal.Report;
import com.openagents.runtime.seal.Report.Broken;
import com.openagents.runtime.seal.Report.Intact;
import com.openagents.runtime.seal.Verify;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// A bundle. After `@` and a digit comes one line, which takes the place of that line in a good
/// bundle; anything else is a whole bundle.
///
/// The law: whatever is intact by the key that sealed the good bundle is the good bundle, line by
/// line up to the end that the seal covers; what is broken names its place.
final class BundleParser implements Parser {

  /// The first key of RFC 8032's test vectors.
  private static final String KEY = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

  private static final int SEALED_LINES = 7;

  private final List<String> good = Inputs.of("bundle/good").lines().toList();

  @Override
  public boolean takes(byte[] input) {
    Report report = verify(bundle(input));
    if (report instanceof Broken(Report.Place place, long seq, String reason)) {
      assertThat(seq).isBetween(place == Report.Place.EVENT ? 1L : 0L, (long) input.length + 10);
      assertThat(reason).isNotEmpty();
      return false;
    }
    if (report instanceof Intact intact && intact.publicKey().equals(KEY)) {
      List<String> lines = new String(bundle(input), StandardCharsets.UTF_8).lines().toList();
      assertThat(intact.trusted()).isTrue();
      assertThat(lines.subList(0, SEALED_LINES)).isEqualTo(good.subList(0, SEALED_LINES));
    }
    return true;
  }

  private byte[] bundle(byte[] input) {
    boolean oneLine = input.length > 1 && input[0] == '@' && input[1] >= '0' && input[1] <= '9';
    if (!oneLine) {
      return input;
    }
    List<String> lines = new ArrayList<>(good);
    String line =
        new String(Arrays.copyOfRange(input, 2, input.length), StandardCharsets.ISO_8859_1);
    lines.set((input[1] - '0') % lines.size(), line);
    return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Report verify(byte[] bundle) {
    try {
      return Verify.bundle(new ByteArrayInputStream(bundle), Set.of(KEY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
