package com.openagents.runtime.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.seal.Ed25519;
import com.openagents.runtime.seal.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunVerifyTest {
  private static final Signer SIGNER = signer();

  @TempDir private Path directory = Path.of("");

  private static Signer signer() {
    try {
      return Ed25519.signer(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String file(String bundle) throws IOException {
    return Files.writeString(directory.resolve("run.ndjson"), bundle).toString();
  }

  private String exported() throws IOException {
    return new String(ExportedRun.sealedBy(SIGNER), UTF_8);
  }

  private static Shell.Result verify(String... arguments) {
    var words = new String[arguments.length + 2];
    words[0] = "run";
    words[1] = "verify";
    System.arraycopy(arguments, 0, words, 2, arguments.length);
    return Shell.run(Map.of(), words);
  }

  @Test
  void an_untouched_bundle_is_intact() throws Exception {
    var result = verify(file(exported()));
    assertThat(result.status()).isEqualTo(ExitCode.DONE);
    assertThat(result.output())
        .startsWith("intact: run " + ExportedRun.RUN + ", events 1 to 2, sealed ")
        .contains("by key " + SIGNER.keyId());
  }

  @Test
  void a_key_that_is_asked_for_must_have_sealed_it() throws Exception {
    String file = file(exported());
    var trusted = verify(file, "--trusted-key", signer().keyId(), "--trusted-key", SIGNER.keyId());
    assertThat(trusted.status()).isEqualTo(ExitCode.DONE);
    assertThat(trusted.output()).contains(", trusted");
    var other = verify(file, "--trusted-key", signer().keyId());
    assertThat(other.status()).isEqualTo(ExitCode.FAILED);
    assertThat(other.output()).contains(", NOT TRUSTED");
  }

  @Test
  void a_changed_event_is_named_by_its_sequence() throws Exception {
    String file = file(exported().replace("too late", "too soon"));
    var result = verify(file);
    assertThat(result.status()).isEqualTo(ExitCode.FAILED);
    assertThat(result.output()).startsWith("broken at event 2: ");
    assertThat(verify(file, "--json").output())
        .contains("\"verdict\":\"broken\"", "\"place\":\"event\"", "\"seq\":2");
  }

  @Test
  void the_report_can_be_read_by_machines() throws Exception {
    assertThat(verify("--json", file(exported())).output())
        .isEqualTo(
            "{\"aged\":[],\"late\":[],\"publicKey\":\""
                + SIGNER.keyId()
                + "\",\"runId\":\""
                + ExportedRun.RUN
                + "\",\"sealedAt\":\"2026-01-01T00:00:00.000000Z\",\"throughSeq\":2,\"trusted\":false,\"verdict\":\"intact\"}\n");
  }

  @Test
  void what_is_no_bundle_and_what_is_missing_are_said_so() throws Exception {
    assertThat(verify(file("{}\n")).output()).startsWith("broken at the header: ");
    var missing = verify(directory.resolve("none").toString());
    assertThat(missing.status()).isEqualTo(ExitCode.FAILED);
    assertThat(missing.errors()).startsWith("there is no file " + directory.resolve("none"));
  }
}
