package com.openagents.runtime.projector;

import com.openagents.runtime.projection.ProjectionSink.Outcome;
import java.util.Set;

/// Is told of what deliveries do, for metrics and logs. Must be quick and throw nothing.
public interface DeliveryWatch {

  DeliveryWatch NONE =
      new DeliveryWatch() {
        @Override
        public void delivered(String sink, String projection, Outcome.Kind outcome) {}

        @Override
        public void drift(Drift drift) {}

        @Override
        public void lost(String sink) {}

        @Override
        public void further(String sink) {}

        @Override
        public void stays(String sink, String projection, String reason) {}

        @Override
        public void unshown(String sink, Set<String> projections) {}
      };

  void delivered(String sink, String projection, Outcome.Kind outcome);

  /// What a sink had was not what it should have had.
  void drift(Drift drift);

  /// A sink has less than it was given, and is given everything again.
  void lost(String sink);

  /// A sink has taken what this database knows nothing of, and is given everything again in a
  /// generation above what it has.
  void further(String sink);

  /// A sink refuses to let go of a projection that was retired, or knows it no more. It is asked
  /// again when it is opened again.
  ///
  /// @param reason for a person
  void stays(String sink, String projection, String reason);

  /// A sink that was opened cannot show some of what is told; none when it has learned to.
  void unshown(String sink, Set<String> projections);
}
