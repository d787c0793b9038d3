package com.openagents.runtime.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Which account is chosen. The identity is given, so that the choice of root can be seen by
/// anyone.
class AccountTest {
  @RegisterExtension final DataDirectory directory = new DataDirectory();

  private static Predicate<List<String>> without(String program) {
    return prefix -> !prefix.contains(program);
  }

  private Account choose(UserPrincipal self, Predicate<List<String>> works) throws IOException {
    return Account.choose(directory.layout(), self, works);
  }

  @Test
  void an_ordinary_user_runs_it_apart_from_the_terminal_and_tied_to_our_life() throws Exception {
    var user = Users.named("4711");
    assertThat(choose(user, _ -> true))
        .isEqualTo(new Account(List.of("setsid", "setpriv", "--pdeathsig", "INT", "--"), user));
    assertThat(choose(user, without("setpriv")).prefix()).containsExactly("setsid");
    assertThat(choose(user, without("setsid")).prefix()).startsWith("perl");
    assertThat(choose(user, _ -> false).prefix()).isEmpty();
  }

  @Test
  void root_gives_it_to_an_unprivileged_user() throws Exception {
    var account = choose(Users.root(), _ -> true);
    assertThat(account.user()).isEqualTo(Users.named("65534"));
    assertThat(account.prefix())
        .startsWith("setsid", "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
        .endsWith("--pdeathsig", "INT", "--");
  }

  @Test
  void root_uses_a_namespace_where_the_directory_is_closed_to_others() throws Exception {
    directory.close();
    var account = choose(Users.root(), _ -> true);
    assertThat(account.user()).isEqualTo(Users.root());
    assertThat(account.prefix()).startsWith("setsid", "unshare", "--user");
  }

  @Test
  void root_uses_a_namespace_where_it_cannot_become_another_user() throws Exception {
    assertThat(choose(Users.root(), without("--clear-groups")).prefix())
        .containsExactly("setsid", "unshare", "--user", "setpriv", "--pdeathsig", "INT", "--");
    assertThat(choose(Users.root(), without("setpriv")).prefix())
        .containsExactly("setsid", "unshare", "--user");
  }

  @Test
  void root_without_any_way_is_told_what_to_do() {
    assertThatThrownBy(() -> choose(Users.root(), _ -> false))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("as root")
        .hasMessageContaining("OA_DATA_DIR")
        .hasMessageContaining("DATABASE_URL");
  }

  @Test
  void an_existing_cluster_keeps_its_owner() throws Exception {
    Files.createDirectory(directory.layout().cluster());
    var owner = Files.getOwner(directory.layout().cluster());
    assertThat(choose(owner, _ -> true).user()).isEqualTo(owner);
    assertThat(choose(Users.root(), _ -> true).user()).isEqualTo(owner);

    assertThatThrownBy(() -> choose(Users.named("4711"), _ -> true))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("belongs to the user " + owner.getName());
  }
}
