package com.openagents.runtime.http.run;

/// What becomes of a body once its form is right.
public final class BodiesOfRuns {

  private BodiesOfRuns() {}

  /// @throws com.openagents.runtime.http.exchange.Problem when its first frame lacks something
  public static void use(StartRunRequest start) {
    start.toolPolicy().policy();
    if (start.firstFrame() != null) {
      use(start.firstFrame());
    }
  }

  /// @throws com.openagents.runtime.http.exchange.Problem when a payload lacks something
  public static void use(SubmitFramesRequest body) {
    body.frames().forEach(BodiesOfRuns::use);
  }

  /// @throws com.openagents.runtime.http.exchange.Problem when its payload lacks something
  public static void use(SubmitFrameRequest frame) {
    FramePayloads.check(frame.type(), frame.payload(), "/payload");
    frame.frame().content();
  }
}
