package com.openagents.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.openagents.runtime.event.RunSpec.AgentRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentProgramsTest {

  /// A program of the third version.
  private static final class Third implements AgentProgram {

    @Override
    public String name() {
      return "third";
    }

    @Override
    public int version() {
      return 3;
    }

    @Override
    public List<Intent> decide(AgentState state) {
      return List.of(new Intent.Finish());
    }
  }

  private final AgentPrograms programs = new AgentPrograms(List.of(new Third(), new Echo()));

  @Test
  void a_program_goes_on_with_runs_of_its_own_and_older_versions() {
    assertThat(programs.continuing(new AgentRef("third", 2))).isPresent();
    assertThat(programs.continuing(new AgentRef("third", 3))).isPresent();
  }

  @Test
  void a_run_of_a_newer_version_waits_for_a_newer_node() {
    assertThat(programs.continuing(new AgentRef("third", 4))).isEmpty();
    assertThat(programs.named("third")).isPresent();
  }

  @Test
  void nobody_goes_on_with_a_program_that_is_not_there() {
    assertThat(programs.continuing(new AgentRef("fourth", 1))).isEmpty();
  }

  @Test
  void two_programs_of_one_name_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AgentPrograms(List.of(new Echo(), new Echo())))
        .withMessageContaining("echo");
  }

  @Test
  void the_built_in_programs_are_found_by_the_names_that_runs_ask_for() {
    assertThat(List.of("assistant", "echo"))
        .allMatch(name -> AgentPrograms.builtIn().continuing(new AgentRef(name, 1)).isPresent());
  }
}
