package com.openagents.runtime.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLocationTest {
  @TempDir private Path machine = Path.of("");

  private Path home = Path.of("");
  private Path system = Path.of("");
  private Path temporary = Path.of("");

  @BeforeEach
  void lay_out_a_machine() throws IOException {
    mode(machine, "rwx--x--x");
    home = Files.createDirectory(machine.resolve("home"));
    system = Files.createDirectory(machine.resolve("lib"));
    temporary = Files.createDirectory(machine.resolve("tmp"));
    mode(home, "rwx------");
  }

  private static void mode(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private DataLocation choose(UserPrincipal self) throws IOException {
    return DataLocation.choose(home, system, temporary, self);
  }

  @Test
  void an_ordinary_user_has_it_at_home() throws Exception {
    assertThat(choose(Users.named("4711")))
        .isEqualTo(new DataLocation(home.resolve(".openagents-runtime"), ""));
  }

  @Test
  void root_has_it_at_home_where_others_may_enter() throws Exception {
    mode(home, "rwxr-xr-x");
    assertThat(choose(Users.root()).path()).isEqualTo(home.resolve(".openagents-runtime"));
  }

  @Test
  void root_has_it_with_the_system_where_its_home_is_closed() throws Exception {
    assertThat(choose(Users.root()))
        .isEqualTo(
            new DataLocation(
                system.resolve("openagents-runtime"), home + " is closed to the database's user"));
  }

  @Test
  void without_a_usable_home_it_is_among_the_temporary_files() throws Exception {
    var self = Users.self();
    home = machine.resolve("missing");
    system = machine.resolve("missing");
    var location = choose(self);
    assertThat(location.path())
        .isEqualTo(temporary.resolve("openagents-runtime-" + self.getName()))
        .isDirectory();
    assertThat(location.why())
        .startsWith(home + " cannot be written to; ")
        .contains("may delete", "OA_DATA_DIR");
    assertThat(choose(self)).isEqualTo(location);
  }

  @Test
  void nobody_else_may_enter_it_among_the_temporary_files() throws Exception {
    home = machine.resolve("missing");
    Path path = choose(Users.named("4711")).path();
    assertThat(Files.getPosixFilePermissions(path))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void the_home_of_the_environment_goes_before_that_of_the_list_of_users() {
    Path listed = machine.resolve("listed");
    assertThat(DataLocation.home(home.toString(), listed)).isEqualTo(home);
    assertThat(DataLocation.home(null, listed)).isEqualTo(listed);
    assertThat(DataLocation.home("tmp", listed)).isEqualTo(listed);
    assertThat(DataLocation.home(machine.resolve("missing").toString(), listed)).isEqualTo(listed);
  }

  @Test
  void a_place_that_lasts_goes_before_one_that_is_cleared_at_every_start() {
    assertThat(DataLocation.temporary(system, temporary)).isEqualTo(system);
    assertThat(DataLocation.temporary(machine.resolve("missing"), temporary)).isEqualTo(temporary);
  }

  @Test
  void somebody_elses_directory_among_the_temporary_files_is_not_taken() throws Exception {
    home = machine.resolve("missing");
    system = machine.resolve("missing");
    var trap = temporary.resolve("openagents-runtime-" + Users.self().getName());
    Files.createSymbolicLink(trap, machine);
    assertThatThrownBy(() -> choose(Users.self()))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("belongs to somebody else");
  }
}
