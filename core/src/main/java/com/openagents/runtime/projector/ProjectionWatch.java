package com.openagents.runtime.projector;

import com.openagents.runtime.projection.Rebuild;

/// Is told of what projections do, for metrics and logs. Must be quick and throw nothing.
public interface ProjectionWatch extends DeliveryWatch {

  /// Documents were brought up to the log.
  void followed(Passed passed);

  /// A rebuild came one step further.
  void rebuilt(Rebuild rebuild);

  /// A step of a rebuild failed, and is tried again.
  void rebuildFailed();

  /// A sink took nothing.
  ///
  /// @param reasonClass a word
  void failed(String sink, String reasonClass);

  /// A sink took a batch.
  ///
  /// @param nanos how long that took
  void took(String sink, long nanos);
}
