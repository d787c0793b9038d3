package com.openagents.runtime.testkit.engine;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.intake.NewFrame;
import com.openagents.runtime.intake.Taken;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.testkit.assertion.RunAssert;
import com.openagents.runtime.testkit.assertion.RunLog;
import java.util.List;
import org.assertj.core.api.AssertProvider;

/// A run in a [TestRuntime], as its owner reaches it. `assertThat(run)` begins with AssertJ's own
/// `assertThat`.
///
/// What is sent is in the log at once; the nodes act on it when the runtime settles next.
public final class TestRun implements AssertProvider<RunAssert> {

  private final TestRuntime runtime;
  private final RunId id;
  private final NewRun asked;

  TestRun(TestRuntime runtime, RunId id, NewRun asked) {
    this.runtime = runtime;
    this.id = id;
    this.asked = asked;
  }

  public RunId id() {
    return id;
  }

  NewRun asked() {
    return asked;
  }

  /// Sends a message.
  ///
  /// @throws IllegalStateException when the run refuses it
  public void say(String text) {
    send("user_message", Json.object().put("text", text).build());
  }

  /// Sends a frame of any type: `signal`, `tool_result`, `note`, `finish`, one that the agent
  /// declares, …
  ///
  /// @throws IllegalStateException when the run refuses it
  public void send(String frameType, Json.Obj payload) {
    taken(frameType, trySend(frameType, payload));
  }

  /// The same for a test of what a run refuses.
  public Taken trySend(String frameType, Json.Obj payload) {
    return trySend(runtime.frame(frameType, payload));
  }

  /// Sends a frame with an id of the test's own, perhaps one that was sent before.
  public Taken trySend(NewFrame frame) {
    return runtime.send(this, frame);
  }

  /// Approves what the run asks for.
  ///
  /// @throws IllegalStateException when it asks for no approval
  public void approve() {
    answer(Json.object().put("approved", true));
  }

  /// Denies what the run asks for.
  ///
  /// @throws IllegalStateException when it asks for no approval
  public void deny(String reason) {
    answer(Json.object().put("approved", false).put("reason", reason));
  }

  private void answer(Json.Builder verdict) {
    OpenTurn open = state().open();
    if (open == null || open.lastStep().approvals().isEmpty()) {
      throw new IllegalStateException(
          "the run asks for no approval, perhaps before settle():\n" + log());
    }
    String approvalId = open.lastStep().approvals().getFirst().id();
    send("tool_approval", verdict.put("approvalId", approvalId).build());
  }

  /// Asks the run to stop.
  ///
  /// @return accepted, or repeated when it has ended or was asked before
  public Taken cancel(String reason) {
    return runtime.cancel(this, reason);
  }

  private void taken(String what, Taken taken) {
    if (taken instanceof Taken.Refused(var why)) {
      throw new IllegalStateException("the run refused %s: %s\n%s".formatted(what, why, log()));
    }
  }

  /// Begins another run with a copy of this one's log; it waits for its first frame.
  ///
  /// @param atSeq the last sequence to copy, up to the head of the log
  /// @throws IllegalArgumentException when there is no such sequence
  public TestRun fork(long atSeq) {
    return runtime.fork(this, atSeq);
  }

  /// The log from its beginning.
  public List<Envelope> events() {
    return runtime.events(id);
  }

  /// The fold of the log.
  public RunState state() {
    return log().state();
  }

  /// The log, what models were asked for the run, and what its agent threw.
  public RunLog log() {
    return runtime.log(id);
  }

  /// For AssertJ; write `assertThat(run)`.
  @Override
  public RunAssert assertThat() {
    return log().assertThat();
  }

  @Override
  public String toString() {
    return "run " + id;
  }
}
