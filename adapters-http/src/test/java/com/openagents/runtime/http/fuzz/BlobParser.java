package com.openagents.runtime.http.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.JsonRefused;
import com.openagents.runtime.event.BlobRef;
import java.util.Optional;

/// A claim that the content lies elsewhere, or a content that looks like one.
///
/// The law: a value is a claim only when the reference says exactly what the value said, and a
/// reference is of a content that can be there.
final class BlobParser implements Parser {

  @Override
  public boolean takes(byte[] input) {
    Json value;
    try {
      value = JsonReader.read(input);
    } catch (JsonRefused refused) {
      return false;
    }
    Optional<BlobRef> claimed = BlobRef.claimed(value);
    claimed.ifPresent(reference -> {
      assertThat((Json) reference.claim()).isEqualTo(value);
      assertThat(reference.sha256().bytes()).hasSize(32);
      assertThat(reference.size()).isNotNegative();
    });
    return claimed.isPresent();
  }
}
