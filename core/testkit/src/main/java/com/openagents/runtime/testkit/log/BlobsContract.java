package com.openagents.runtime.testkit.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.log.Blobs;
import com.openagents.runtime.testkit.PortFixture;
import com.openagents.runtime.testkit.Race;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What content-addressed payloads promise.
///
/// Not asserted: what is answered when stored bytes were damaged, which needs a way to damage them.
public abstract class BlobsContract {

  private PortFixture<Blobs> fixture;

  /// Opens a store of payloads, fresh and empty; the suite closes it.
  protected abstract PortFixture<Blobs> openBlobs();

  @BeforeEach
  final void open() {
    fixture = openBlobs();
  }

  @AfterEach
  final void close() {
    fixture.close();
  }

  @Test
  void what_was_put_comes_back_under_its_digest() {
    byte[] content = "some content".getBytes(UTF_8);
    Digest digest = blobs().put(content);
    assertThat(digest).isEqualTo(Digest.of(content));
    assertThat(blobs().get(digest)).hasValueSatisfying(b -> assertThat(b).isEqualTo(content));
  }

  @Test
  void what_was_read_can_be_read_again() {
    Digest digest = blobs().put("read twice".getBytes(UTF_8));
    assertThat(blobs().get(digest)).isPresent();
    assertThat(blobs().get(digest))
        .hasValueSatisfying(b -> assertThat(b).asString().isEqualTo("read twice"));
  }

  @Test
  void the_same_content_has_the_same_digest_however_often_it_is_put() {
    Digest once = blobs().put("same".getBytes(UTF_8));
    Digest again = blobs().put("same".getBytes(UTF_8));
    assertThat(again).isEqualTo(once);
    assertThat(blobs().get(once)).isPresent();
  }

  @Test
  void different_contents_stay_apart() {
    Digest one = blobs().put("one".getBytes(UTF_8));
    Digest two = blobs().put("two".getBytes(UTF_8));
    assertThat(blobs().get(one)).hasValueSatisfying(b -> assertThat(b).asString().isEqualTo("one"));
    assertThat(blobs().get(two)).hasValueSatisfying(b -> assertThat(b).asString().isEqualTo("two"));
    assertThat(blobs().get(Digest.ofText("never put"))).isEmpty();
  }

  @Test
  void no_content_and_large_content_come_back() {
    byte[] large = new byte[3_000_000];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31 + i / 256);
    }
    for (byte[] content : List.of(new byte[0], large)) {
      Digest digest = blobs().put(content);
      assertThat(blobs().get(digest)).hasValueSatisfying(b -> assertThat(b).isEqualTo(content));
    }
  }

  @Test
  void callers_cannot_change_what_is_kept() {
    byte[] given = "kept".getBytes(UTF_8);
    Digest digest = blobs().put(given);
    Arrays.fill(given, (byte) 'x');
    byte[] taken = blobs().get(digest).orElseThrow();
    Arrays.fill(taken, (byte) 'y');
    assertThat(blobs().get(digest))
        .hasValueSatisfying(b -> assertThat(b).asString().isEqualTo("kept"));
  }

  @Test
  void of_concurrent_same_contents_all_are_answered_alike() {
    List<Digest> digests = Race.of(20, _ -> blobs().put("same".getBytes(UTF_8)));
    assertThat(digests).containsOnly(Digest.ofText("same"));
    assertThat(blobs().get(digests.getFirst())).isPresent();
  }

  private Blobs blobs() {
    return fixture.port();
  }
}
