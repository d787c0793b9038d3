package com.openagents.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import org.junit.jupiter.api.Test;

/// What stands in an event for a content that lies beside the log.
class BlobRefTest {

  private static final BlobRef REF = new BlobRef(Digest.ofText("x"), 1, "text/plain");

  private static Json.Builder reference() {
    return Json.object()
        .put("sha256", REF.sha256().hex())
        .put("size", REF.size())
        .put("mediaType", REF.mediaType());
  }

  private static Json.Obj claim(Json.Builder reference) {
    return Json.object().put("blob", reference.build()).build();
  }

  @Test
  void a_claim_says_where_which_content_lies_and_is_read_again() {
    assertThat(REF.claim()).isEqualTo(claim(reference()));
    assertThat(BlobRef.claimed(REF.claim())).contains(REF);
    BlobRef empty = new BlobRef(Digest.ofText(""), 0, "text/plain");
    assertThat(BlobRef.claimed(empty.claim())).contains(empty);
  }

  @Test
  void what_only_looks_like_a_claim_is_none() {
    assertThat(BlobRef.claimed(Json.of("blob"))).isEmpty();
    assertThat(BlobRef.claimed(Json.object().put("blob", "x").build())).isEmpty();
    assertThat(BlobRef.claimed(Json.object().put("bob", reference().build()).build())).isEmpty();
    assertThat(BlobRef.claimed(claim(reference().put("more", 1)))).isEmpty();
    assertThat(BlobRef.claimed(claim(reference().put("size", -1)))).isEmpty();
    assertThat(BlobRef.claimed(claim(reference().put("sha256", "zz")))).isEmpty();
    assertThat(
            BlobRef.claimed(Json.object().put("blob", reference().build()).put("more", 1).build()))
        .isEmpty();
  }

  @Test
  void a_person_is_told_where_the_content_lies() {
    assertThat(REF).hasToString("(1 bytes, kept as " + REF.sha256() + ")");
  }
}
