package com.openagents.runtime.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.http.client.Credentials;
import com.openagents.runtime.http.client.TokenFile;
import com.openagents.runtime.identity.Principal;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RegularsTest {

  @Test
  void users_who_cannot_go_on_are_missed() {
    TokenFile none = new TokenFile(Path.of("no", "such", "token"));
    Credentials credentials = new Credentials(null, new Principal.User(1), Set.of(), none);
    Regulars regulars =
        Regulars.come(2, URI.create("http://127.0.0.1:1"), credentials, () -> false);
    while (regulars.wrong().size() < 2) {
      Thread.onSpinWait();
    }
    regulars.close();
    assertThat(regulars.wrong()).hasSize(2).allMatch(what -> what.contains("token"));
  }
}
