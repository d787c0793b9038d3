package com.openagents.runtime.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The embedded PostgreSQL under every identity that this machine lets a test take.
class IdentityTest {
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");

  private static final List<String> AS_ROOT_OF_A_NAMESPACE = List.of("unshare", "--map-root-user");

  @RegisterExtension final DataDirectory directory = new DataDirectory();

  /// Each by the words before its command line.
  static Stream<List<String>> identities() {
    return Stream.concat(
        Stream.of(List.<String>of()),
        Stream.of(AS_NOBODY, AS_ROOT_OF_A_NAMESPACE).filter(Programs::works));
  }

  @ParameterizedTest
  @MethodSource("identities")
  void starts_and_starts_again(List<String> identity) throws Exception {
    directory.ownBy(identity.equals(AS_NOBODY) ? Users.named("65534") : Users.self());
    for (int start = 0; start < 2; start++) {
      try (var owner = start(identity)) {
        assertThat(Integer.parseInt(owner.await("ready "))).isPositive();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("identities")
  void starts_in_a_directory_closed_to_others(List<String> identity) throws Exception {
    directory.ownBy(identity.equals(AS_NOBODY) ? Users.named("65534") : Users.self());
    directory.close();
    try (var owner = start(identity)) {
      assertThat(Integer.parseInt(owner.await("ready "))).isPositive();
    }
  }

  private OwnerProcess start(List<String> identity) throws IOException {
    return OwnerProcess.start(directory.path(), ReadableClassPath.text(), identity);
  }
}
