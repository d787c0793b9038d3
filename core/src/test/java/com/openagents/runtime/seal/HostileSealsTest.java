package com.openagents.runtime.seal;

import static com.openagents.runtime.seal.Report.Place.HEADER;
import static com.openagents.runtime.seal.Report.Place.SEAL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.seal.Report.Broken;
import com.openagents.runtime.seal.Report.Intact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Seals that try to choose how, or by whose key, they are verified.
@Tag("scenario-27")
class HostileSealsTest {

  private static final Signer OURS = Ed25519.signer(Keys.FIRST);
  private static final Signer THEIRS = Ed25519.signer(Keys.SECOND);
  private static final List<String> LINES =
      new String(new SealedRun().end().bundle(), UTF_8).lines().toList();
  private static final String NO_SEAL = "the line is not a seal";
  private static final String NOT_SIGNED = "the signature does not belong to this seal";

  @Test
  void a_seal_that_is_only_written_anew_is_intact_and_trusted() {
    assertThat(verify(by(OURS, OURS.keyId())))
        .isInstanceOfSatisfying(Intact.class, intact -> assertThat(intact.trusted()).isTrue());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void a_seal_has_no_say_in_how_it_is_verified(String trick, String line, String why) {
    assertThat(verify(line)).isEqualTo(new Broken(SEAL, 0, why));
  }

  static Stream<Arguments> a_seal_has_no_say_in_how_it_is_verified() throws Exception {
    byte[] statement = statement(OURS.keyId()).bytes();
    String json = new String(statement, UTF_8);
    return Stream.of(
        arguments("no algorithm", with("alg", Json.of("none")), NO_SEAL),
        arguments("another algorithm", with("algorithm", Json.of("HS256")), NO_SEAL),
        arguments("our own algorithm", with("alg", Json.of("Ed25519")), NO_SEAL),
        arguments("a key's id", with("kid", Json.of("../../dev/null")), NO_SEAL),
        arguments("no signature", without("signature"), NO_SEAL),
        arguments("a null signature", with("signature", Json.NULL), NO_SEAL),
        arguments("a list of signatures", with("signature", Json.array(List.of())), NO_SEAL),
        arguments("an empty signature", signedAs(""), NOT_SIGNED),
        arguments("a signature of zeros", signedAs("A".repeat(86)), NOT_SIGNED),
        arguments("a mac by the public key", signedAs(mac(statement)), NOT_SIGNED),
        arguments("a signature of another kind", signedAs(byOtherKind(statement)), NOT_SIGNED),
        arguments("a padded signature", signedAs(OURS.sign(statement) + "=="), NOT_SIGNED),
        arguments(
            "a signature of the statement alone",
            signedAs(OURS.sign(json.substring(json.indexOf('{')).getBytes(UTF_8))),
            NOT_SIGNED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void a_seal_is_verified_with_the_key_that_it_names_in_its_one_spelling(String trick, Json key) {
    assertThat(verify(with("publicKey", key)))
        .isInstanceOfSatisfying(Broken.class, broken -> assertThat(broken.place()).isEqualTo(SEAL));
  }

  static Stream<Arguments> a_seal_is_verified_with_the_key_that_it_names_in_its_one_spelling()
      throws GeneralSecurityException {
    String x509 = text(Keys.FIRST.getPublic().getEncoded());
    return Stream.of(
        arguments("another's key", Json.of(THEIRS.keyId())),
        arguments("no key", Json.NULL),
        arguments("an empty key", Json.of("")),
        arguments("a key of zeros", Json.of("A".repeat(43))),
        arguments("the key, padded", Json.of(OURS.keyId() + "=")),
        arguments("the key with a space", Json.of(OURS.keyId() + " ")),
        arguments("the key in X.509", Json.of(x509)),
        arguments("the key as PEM", Json.of("-----BEGIN PUBLIC KEY-----\n" + x509)),
        arguments("a key of RSA", Json.of(text(pair("RSA").getPublic().getEncoded()))),
        arguments("a key of X25519", Json.of(text(raw(pair("X25519"))))),
        arguments("a key in an object", Json.object().put("kty", "OKP").build()),
        arguments("a place to fetch it", Json.of("http://169.254.169.254/key")));
  }

  @Test
  void a_seal_that_was_made_anew_by_another_is_its_own_and_never_trusted() {
    String line = by(THEIRS, THEIRS.keyId());
    assertThat(verify(line))
        .isInstanceOfSatisfying(
            Intact.class,
            intact -> {
              assertThat(intact.publicKey()).isEqualTo(THEIRS.keyId());
              assertThat(intact.trusted()).isFalse();
            });
    assertThat(verify(by(THEIRS, OURS.keyId()))).isEqualTo(new Broken(SEAL, 0, NOT_SIGNED));
  }

  @Test
  void a_bundle_of_another_version_is_none() {
    for (String version : List.of("0", "3", "\"1\"", "null", "1.0")) {
      String header = Bundle.header(1).replace("\"version\":1", "\"version\":" + version);
      assertThat(verify(header, LINES.get(1)))
          .isEqualTo(new Broken(HEADER, 0, "this is not a bundle of version 1 or 2"));
    }
  }

  @Test
  void a_signature_alone_is_of_version_1_and_one_beside_others_of_version_2() {
    SealStatement statement = statement(OURS.keyId());
    List<byte[]> both = List.of(statement.bytes(), "another".getBytes(UTF_8));
    String joint = signedAs(JointSignature.sign(OURS, both).getFirst());
    Report otherVersion = new Broken(SEAL, 0, "the seal is not of the version of the bundle");
    assertThat(verify(Bundle.header(2), joint)).isInstanceOf(Intact.class);
    assertThat(verify(Bundle.header(1), joint)).isEqualTo(otherVersion);
    assertThat(verify(Bundle.header(2), LINES.get(1))).isEqualTo(otherVersion);
  }

  private static Report verify(String sealLine) {
    return verify(LINES.getFirst(), sealLine);
  }

  private static Report verify(String header, String sealLine) {
    String events = String.join("\n", LINES.subList(2, LINES.size()));
    byte[] bundle = (header + "\n" + sealLine + "\n" + events + "\n").getBytes(UTF_8);
    try {
      return Verify.bundle(new ByteArrayInputStream(bundle), Set.of(OURS.keyId()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static SealStatement statement(String keyId) {
    SealStatement ours =
        Objects.requireNonNull(SealLine.of((Json.Obj) JsonReader.read(LINES.get(1)))).statement();
    return new SealStatement(
        ours.runId(), ours.throughSeq(), ours.count(), ours.head(), keyId, ours.at());
  }

  /// The seal's line, signed by one and naming the key of the same or of another.
  private static String by(Signer signer, String keyId) {
    SealStatement statement = statement(keyId);
    return Bundle.sealLine(statement, signer.sign(statement.bytes()));
  }

  private static String signedAs(String signature) {
    return Bundle.sealLine(statement(OURS.keyId()), signature);
  }

  private static String with(String name, Json value) {
    Map<String, Json> fields = fields();
    fields.put(name, value);
    return line(fields);
  }

  private static String without(String name) {
    Map<String, Json> fields = fields();
    fields.remove(name);
    return line(fields);
  }

  private static Map<String, Json> fields() {
    Json.Obj line = (Json.Obj) JsonReader.read(LINES.get(1));
    return new HashMap<>(((Json.Obj) Objects.requireNonNull(line.get("seal"))).fields());
  }

  private static String line(Map<String, Json> seal) {
    return CanonicalJson.write(Json.object().put("seal", new Json.Obj(seal)).build());
  }

  /// What a verifier would make that took the public key for a secret.
  private static String mac(byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA512");
    mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(OURS.keyId()), "HmacSHA512"));
    return text(mac.doFinal(message));
  }

  private static String byOtherKind(byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair("EC").getPrivate());
    signature.update(message);
    return text(signature.sign());
  }

  private static KeyPair pair(String algorithm) throws GeneralSecurityException {
    return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
  }

  /// The last 32 bytes of a key in X.509, which are the key itself in some forms.
  private static byte[] raw(KeyPair keys) {
    byte[] x509 = keys.getPublic().getEncoded();
    return Arrays.copyOfRange(x509, x509.length - 32, x509.length);
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
