package com.openagents.runtime.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.openagents.runtime.canon.Digest;
import org.junit.jupiter.api.Test;

class DocumentsDigestTest {

  private static final Digest A = Digest.ofText("a");
  private static final Digest B = Digest.ofText("b");

  @Test
  void it_is_that_of_a_line_for_each_document() {
    DocumentsDigest digest = new DocumentsDigest.Builder().add("one", A).add("two", B).done();
    assertThat(digest.count()).isEqualTo(2);
    assertThat(digest.digest()).isEqualTo(Digest.ofText("one " + A + "\ntwo " + B + "\n"));
    assertThat(new DocumentsDigest.Builder().done())
        .isEqualTo(new DocumentsDigest(0, Digest.ofText("")));
  }

  @Test
  void documents_come_in_order_and_once() {
    DocumentsDigest.Builder digest = new DocumentsDigest.Builder().add("b", A);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> digest.add("b", A))
        .withMessage("b comes behind b");
    assertThatIllegalArgumentException().isThrownBy(() -> digest.add("a", A));
    assertThat(digest.add("c", B).done().count()).isEqualTo(2);
    assertThat(new DocumentsDigest.Builder().add("", A).done().count()).isOne();
  }
}
