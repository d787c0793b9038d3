package com.openagents.runtime.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JointSignatureTest {

  private static final Signer SIGNER = Ed25519.signer(Keys.FIRST);
  private static final byte[] NONE = new byte[32];

  /// Of many, each is tried with its own and with some behind it.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 100})
  void each_text_belongs_to_its_own_statement_and_to_no_other(int count) {
    List<byte[]> statements = statements(count);
    List<String> texts = JointSignature.sign(SIGNER, statements);
    assertThat(texts).hasSize(count);
    for (int i = 0; i < count; i++) {
      for (int further = 0; further < Math.min(count, 10); further++) {
        String text = texts.get((i + further) % count);
        assertThat(verifies(statements.get(i), text)).isEqualTo(further == 0);
      }
    }
  }

  @Test
  void a_statement_alone_has_the_plain_signature_and_none_have_none() {
    byte[] statement = statement(0);
    assertThat(JointSignature.sign(SIGNER, List.of(statement)))
        .containsExactly(SIGNER.sign(statement));
    assertThat(JointSignature.sign(SIGNER, List.of())).isEmpty();
  }

  /// Computed as the document says, step by step.
  @Test
  void three_statements_are_signed_as_documented() {
    byte[] first = sha256(new byte[] {0}, statement(0));
    byte[] second = sha256(new byte[] {0}, statement(1));
    byte[] third = sha256(new byte[] {0}, statement(2));
    byte[] left = sha256(new byte[] {1}, first, second);
    byte[] right = sha256(new byte[] {1}, third, NONE);
    byte[] root = sha256(new byte[] {1}, left, right);
    String signature = SIGNER.sign(joined("openagents-runtime/joint/1\n".getBytes(UTF_8), root));
    assertThat(JointSignature.sign(SIGNER, statements(3)))
        .containsExactly(
            signature + ".0." + base64(second, right),
            signature + ".1." + base64(first, right),
            signature + ".2." + base64(NONE, left));
  }

  @Test
  void more_than_a_tree_holds_are_refused() {
    List<byte[]> statements = Collections.nCopies((1 << 16) + 1, statement(0));
    assertThatThrownBy(() -> JointSignature.sign(SIGNER, statements))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void no_other_text_verifies(String trick, String text) {
    assertThat(verifies(statement(0), JointSignature.sign(SIGNER, statements(3)).getFirst()))
        .isTrue();
    assertThat(verifies(statement(0), text)).isFalse();
  }

  static Stream<Arguments> no_other_text_verifies() {
    List<String> texts = JointSignature.sign(SIGNER, statements(3));
    String[] parts = texts.getFirst().split("\\.", -1);
    String signature = parts[0];
    byte[] path = Base64.getUrlDecoder().decode(parts[2]);
    return Stream.of(
        arguments("the root's signature alone", signature),
        arguments("no path", signature + ".0."),
        arguments("no place", signature + ".." + parts[2]),
        arguments("two parts", signature + ".0"),
        arguments("four parts", texts.getFirst() + "."),
        arguments("the place of another", signature + ".1." + parts[2]),
        arguments("a place beyond the tree", signature + ".4." + parts[2]),
        arguments("a place below zero", signature + ".-4." + parts[2]),
        arguments("a place with a sign", signature + ".+0." + parts[2]),
        arguments("a place with a zero before it", signature + ".00." + parts[2]),
        arguments("a place in other digits", signature + ".\u0660." + parts[2]),
        arguments("a place that is no number", signature + ".x." + parts[2]),
        arguments("a path that is padded", texts.getFirst() + "="),
        arguments("a path that is no base64", signature + ".0.!" + parts[2].substring(1)),
        arguments("the path of another", signature + ".0." + texts.get(1).split("\\.", -1)[2]),
        arguments("half of the path", signature + ".0." + base64(slice(path, 0, 32))),
        arguments("a byte more", signature + ".0." + base64(path, new byte[1])),
        arguments("a level more", signature + ".0." + base64(path, NONE)),
        arguments("no signature", ".0." + parts[2]),
        arguments("another's", by(Ed25519.signer(Keys.SECOND))),
        arguments("a signature of the statement", SIGNER.sign(statement(0)) + ".0." + parts[2]));
  }

  @Test
  void a_path_is_as_long_as_the_largest_tree_is_high_and_no_longer() {
    byte[] path = new byte[17 * 32];
    byte[] root = sha256(new byte[] {0}, statement(0));
    for (int level = 0; level < 17; level++) {
      if (level == 16) {
        assertThat(verifies(statement(0), signed(root, slice(path, 0, 16 * 32)))).isTrue();
      }
      root = sha256(new byte[] {1}, root, NONE);
    }
    assertThat(verifies(statement(0), signed(root, path))).isFalse();
  }

  /// Who knows two leaves can name the node above them, and must not pass it off as a statement.
  @Test
  void a_node_is_no_statement() {
    byte[] left = sha256(new byte[] {0}, statement(0));
    byte[] right = sha256(new byte[] {0}, statement(1));
    byte[] beside = sha256(new byte[] {1}, sha256(new byte[] {0}, statement(2)), NONE);
    String signature = JointSignature.sign(SIGNER, statements(3)).getFirst().split("\\.", -1)[0];
    String text = signature + ".0." + base64(beside);
    assertThat(verifies(joined(left, right), text)).isFalse();
    assertThat(verifies(joined(new byte[] {1}, left, right), text)).isFalse();
  }

  private static boolean verifies(byte[] statement, String text) {
    return JointSignature.verifies(SIGNER.keyId(), statement, text);
  }

  private static String by(Signer signer) {
    return JointSignature.sign(signer, statements(3)).getFirst();
  }

  private static String signed(byte[] root, byte[] path) {
    byte[] message = joined("openagents-runtime/joint/1\n".getBytes(UTF_8), root);
    return SIGNER.sign(message) + ".0." + base64(path);
  }

  private static List<byte[]> statements(int count) {
    return IntStream.range(0, count).mapToObj(JointSignatureTest::statement).toList();
  }

  private static byte[] statement(int number) {
    return ("statement " + number).getBytes(UTF_8);
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(joined(parts));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String base64(byte[]... parts) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(joined(parts));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
