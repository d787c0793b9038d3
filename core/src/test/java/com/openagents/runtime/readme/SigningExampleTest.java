package com.openagents.runtime.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.access.Caller;
import com.openagents.runtime.access.Presented;
import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.access.Verdict;
import com.openagents.runtime.access.Verification;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.Principal;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SigningExampleTest {

  private static final String KEYS = "k1=" + "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0";
  private static final String TARGET = "/internal/v1/runs?limit=10";
  private static final String BODY = "{\"text\": \"Größe 🎉\"}";

  @Test
  void the_headers_that_the_example_prints_are_accepted_for_its_request_alone()
      throws IOException, InterruptedException {
    List<String> headers = sign("POST", TARGET, BODY);
    String signature = value(headers.getFirst(), "X-OA-RUNTIME-SIGNATURE: ");
    String user = value(headers.getLast(), "X-OA-USER-ID: ");

    assertThat(verify(signature, new Presented("POST", TARGET, body(BODY), user, null, null, null)))
        .isEqualTo(
            new Verdict.Accepted(
                new Caller("k1", new Principal.User(1), Set.of(), null, null, null, null)));
    assertThat(verify(signature, new Presented("POST", TARGET, body(""), user, null, null, null)))
        .isEqualTo(new Verdict.Refused(Verdict.Reason.BODY_MISMATCH));
  }

  private static Verdict verify(String signature, Presented request) {
    return new Verification(SigningKeys.parse(KEYS), (_, _, _) -> true, InstantSource.system())
        .verify(signature, request);
  }

  private static Digest body(String text) {
    return Digest.of(text.getBytes(UTF_8));
  }

  private static String value(String line, String name) {
    assertThat(line).startsWith(name);
    return line.substring(name.length());
  }

  private static List<String> sign(String... arguments) throws IOException, InterruptedException {
    var command = new ProcessBuilder("node", "../docs/clients/sign.mjs").redirectErrorStream(true);
    command.command().addAll(List.of(arguments));
    command.environment().put("OA_SIGNING_KEYS", KEYS);
    Process process = command.start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(process.waitFor()).as(lines.toString()).isZero();
    return lines;
  }
}
