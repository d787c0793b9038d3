package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.deltas;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.postgres.TestServers;
import com.openagents.runtime.testkit.Drafts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// Which of the two statements makes a write.
enum AppendWay {
  ALONE {
    @Override
    List<Append> batch(Append write) {
      return List.of(write);
    }
  },
  BESIDE_ANOTHER {
    @Override
    List<Append> batch(Append write) {
      return List.of(write, deltas(NEIGHBOUR, Precondition.OPEN, "beside it"));
    }
  };

  /// The run that is written to beside the one under test.
  static final RunId NEIGHBOUR = Drafts.runId(99);

  /// The writes of one statement, the given one first.
  abstract List<Append> batch(Append write);

  /// Both ways on every server, for parameterized test classes.
  static Stream<Arguments> everywhere() {
    return TestServers.all().stream()
        .flatMap(server -> Stream.of(values()).map(way -> Arguments.of(server, way)));
  }
}
