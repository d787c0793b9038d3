package com.openagents.runtime.app.wiring;

import com.openagents.runtime.agent.AgentPrograms;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/// What a service is given in code, beside its settings.
///
/// @param programs the agents that it runs
/// @param watch may put something around each pool of connections, to see what is sent through it
public record Parts(AgentPrograms programs, UnaryOperator<DataSource> watch) {

  /// The built-in agents, and pools as they are.
  public static Parts usual() {
    return of(AgentPrograms.builtIn());
  }

  /// Agents of the caller's, and pools as they are.
  public static Parts of(AgentPrograms programs) {
    return new Parts(programs, UnaryOperator.identity());
  }
}
