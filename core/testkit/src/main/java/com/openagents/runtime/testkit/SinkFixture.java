package com.openagents.runtime.testkit;

import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionSink;
import java.util.Optional;

/// One sink, fresh and empty, for one test.
///
/// Where sinks differ, the fixture says how this one does, and the suite asks for what follows.
public interface SinkFixture extends AutoCloseable {

  ProjectionSink sink();

  /// An epoch from which on nobody has taken the sink over.
  default long epoch() {
    return 1;
  }

  /// Changes what is shown of a document behind the sink's back, as somebody does who edits it by
  /// hand.
  ///
  /// @return false when nobody can; nothing has changed then
  default boolean change(String projection, String entityId) {
    return false;
  }

  /// A form of the document of the same projection, entity and sequence that the sink will not
  /// take; empty when it takes all.
  default Optional<Document> refused(Document document) {
    return Optional.empty();
  }

  @Override
  void close();
}
