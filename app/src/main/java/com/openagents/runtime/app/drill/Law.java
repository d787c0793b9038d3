package com.openagents.runtime.app.drill;

/// What must hold after any faults, seen from outside.
enum Law {
  START_KEPT("an acknowledged start is the first event of its run"),
  FRAMES_KEPT("an acknowledged frame is in the log, as it was sent"),
  FRAMES_ONCE("no frame is in the log twice, and none that nobody sent"),
  FRAMES_IN_ORDER("the frames of one call are in the log in their order"),
  FORK_COPIES(
      "a fork begins with what its original begins with, up to the place that was answered"),
  FORK_INERT("nothing that a fork inherits goes on in it"),
  CANCEL_KEPT("an acknowledged cancel is in the log, unless the run had ended"),
  NO_GAP("the sequences of a run are 1, 2, 3, …"),
  ONE_END("a run has one end, which is its last event"),
  FENCED("epochs never fall, and none is used after its executor was lost"),
  ANSWERED_ONCE("a message has one whole answer in a completed run, and nowhere two"),
  ASKED_IN_BOUNDS("the model is asked no more often than attempts and executors allow"),
  SAID_BY_MODEL("an answer in the log is the one that the provider gave for its call"),
  SAME_BYTES("every reader has the bytes that the log renders to, whichever node serves it"),
  STREAM_IS_LOG("the raw stream of a run is its log"),
  TYPED_ANSWERS("every answer over HTTP is documented, and a refusal says why"),
  RECOVERED("all goes on without help, within the bound"),
  SEEN_THROUGH("customers, readers, faults and judges come to the end of what they do");

  private final String sentence;

  Law(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
