package com.openagents.runtime.canon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.erdtman.jcs.NumberToJSON;
import org.junit.jupiter.api.Test;

/// Another implementation of RFC 8785 writes the same texts.
class CanonicalFormRefereedTest {

  private static final long SEED = 8785;

  @Test
  void writes_a_hundred_thousand_doubles_as_the_referee_does() throws IOException {
    var random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(number)) {
        assertThat(EcmaNumber.text(number))
            .as("double %x, number %d of seed %d", Double.doubleToLongBits(number), i, SEED)
            .isEqualTo(NumberToJSON.serializeNumber(number));
      }
    }
  }

  @Test
  void writes_everyday_numbers_as_the_referee_does() throws IOException {
    var random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      double number = random.nextInt(-1_000_000, 1_000_000) / Math.pow(10, random.nextInt(12));
      assertThat(EcmaNumber.text(number))
          .as("number %d of seed %d", i, SEED)
          .isEqualTo(NumberToJSON.serializeNumber(number));
    }
  }

  @Test
  void writes_documents_as_the_referee_does() throws IOException {
    var json = new RandomJson(new Random(SEED));
    for (int i = 0; i < 2_000; i++) {
      String text = CanonicalJson.write(json.object(4));
      assertThat(new JsonCanonicalizer(text).getEncodedString())
          .as("document %d of seed %d", i, SEED)
          .isEqualTo(text);
    }
  }
}
