package com.openagents.runtime.log;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.BlobRef;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.event.ToolEvent.ToolLateResult;
import com.openagents.runtime.event.ToolEvent.ToolSucceeded;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.intake.NewFrame;
import com.openagents.runtime.intake.Sender;
import com.openagents.runtime.intake.Taken;
import com.openagents.runtime.model.ModelRequest.Turn;
import com.openagents.runtime.run.Run;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeContentTest {

  private static final String LARGE = "x".repeat(ClaimCheck.INLINE_MAX);

  private static Json.Obj payload(String text) {
    return Json.object().put("text", text).build();
  }

  private static FrameAccepted frame(World world, RunId run) {
    return world.events(run, FrameAccepted.class).getFirst();
  }

  @Test
  void a_large_payload_is_a_claim_in_the_log_and_whole_for_the_model() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), LARGE);
    byte[] content = CanonicalJson.write(payload(LARGE)).getBytes(StandardCharsets.UTF_8);
    BlobRef blob = new BlobRef(Digest.of(content), content.length, "application/json");
    assertThat(frame(world, run).payload()).isEqualTo(blob.claim());
    assertThat(world.store.blobs().get(blob.sha256())).contains(content);
    world.settle();
    assertThat(world.model.asked().getLast().turns()).extracting(Turn::text).contains(LARGE);
  }

  @Test
  void the_largest_payload_that_an_event_holds_has_256_kib() {
    World world = new World();
    int quoting = CanonicalJson.write(payload("")).length();
    RunId inline =
        world.start(Asked.of("assistant").on("a"), "x".repeat(ClaimCheck.INLINE_MAX - quoting));
    RunId claimed =
        world.start(Asked.of("assistant").on("b"), "x".repeat(ClaimCheck.INLINE_MAX - quoting + 1));
    assertThat(BlobRef.claimed(frame(world, inline).payload())).isEmpty();
    assertThat(BlobRef.claimed(frame(world, claimed).payload())).isPresent();
  }

  @Test
  void bytes_are_counted_and_not_characters() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "日".repeat(100_000));
    assertThat(BlobRef.claimed(frame(world, run).payload())).isPresent();
    world.settle();
    assertThat(world.model.asked().getLast().turns())
        .extracting(Turn::text)
        .contains("日".repeat(100_000));
  }

  @Test
  void a_repetition_is_recognised_by_the_content_and_not_by_the_claim() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session());
    FrameId id = new FrameId("f-1");
    NewFrame large = new NewFrame(id, "user_message", payload(LARGE), null, null);
    assertThat(world.send(run, large)).isInstanceOf(Taken.Accepted.class);
    assertThat(world.send(run, large)).isInstanceOf(Taken.Repeated.class);
    Json.Obj claim = frame(world, run).payload();
    assertThat(world.send(run, new NewFrame(id, "user_message", claim, null, null)))
        .isEqualTo(new Taken.Refused(Taken.Why.CONFLICT));
    assertThat(frame(world, run).content())
        .isEqualTo(FrameAccepted.contentOf("user_message", payload(LARGE)));
  }

  @Test
  void a_claim_that_a_client_sends_is_content_and_opens_no_blob() {
    World world = new World();
    byte[] secret = "{\"text\":\"somebody else's\"}".getBytes(StandardCharsets.UTF_8);
    Digest digest = world.store.blobs().put(secret);
    BlobRef forged = new BlobRef(digest, secret.length, "application/json");
    RunId run = world.start(Asked.of("assistant"));
    world.send(run, world.frame("user_message", forged.claim()));
    world.settle();
    assertThat(world.model.asked().getLast().turns())
        .extracting(Turn::text)
        .noneMatch(text -> text.contains("somebody else's"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"blob\":{\"sha256\":\"zz\",\"size\":1,\"mediaType\":\"x\"}}",
        "{\"blob\":{\"sha256\":1,\"size\":\"1\",\"mediaType\":null}}",
        "{\"blob\":{\"sha256\":\"zz\"}}"
      })
  void what_only_looks_like_a_claim_is_content(String payload) {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session());
    world.settle();
    world.send(run, world.frame("finish", JsonReader.readObject(payload, JsonLimits.STORED)));
    world.settle();
    assertThat(world.state(run).run()).isEqualTo(new Run.Ended(Run.Outcome.COMPLETED, null));
  }

  @Test
  void a_stranger_leaves_nothing_in_the_blob_store() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session());
    Sender stranger = Sender.owner(new Principal.User(2));
    world.node().runs().frame(run, world.message(LARGE), stranger, null);
    byte[] content = CanonicalJson.write(payload(LARGE)).getBytes(StandardCharsets.UTF_8);
    assertThat(world.store.blobs().get(Digest.of(content))).isEmpty();
  }

  @Test
  void a_large_answer_is_a_claim_in_the_log_and_whole_in_the_next_turn() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "hello");
    String answer = LARGE + "!";
    world.model.answers(says(answer), ends());
    world.settle();
    MessageCompleted message = world.events(run, MessageCompleted.class).getFirst();
    assertThat(message.text()).isEmpty();
    assertThat(message.blob())
        .isEqualTo(new BlobRef(Digest.ofText(answer), ClaimCheck.INLINE_MAX + 1L, "text/plain"));
    world.say(run, "go on");
    world.settle();
    assertThat(world.model.asked().getLast().turns()).extracting(Turn::text).contains(answer);
  }

  @Test
  void what_an_agent_says_at_length_is_said_whole() {
    World world = new World(Agents.once("wordy", new Intent.Say(LARGE + "!")));
    RunId run = world.start(Asked.of("wordy"), "hello");
    world.settle();
    assertThat(BlobRef.claimed(intents(world, run).getFirst().intents().getFirst().body()))
        .isPresent();
    assertThat(world.events(run, MessageCompleted.class).getFirst().blob()).isNotNull();
    assertThat(world.types(run)).endsWith("run.completed");
    assertThat(
            world.store.log().read(run, 0, 1000).stream()
                .mapToInt(stored -> stored.payload().length()))
        .allMatch(size -> size <= ClaimCheck.INLINE_MAX);
  }

  private static List<StepStarted> intents(World world, RunId run) {
    return world.events(run, StepStarted.class);
  }

  @Test
  void a_large_output_of_a_tool_is_deposited_and_redeemed() {
    World world = new World();
    ClaimCheck claims = new ClaimCheck(world.store.blobs());
    ToolSucceeded whole = new ToolSucceeded("1.1.0", payload(LARGE), Digest.of(payload(LARGE)), 12);
    RunId run = world.start(Asked.of("assistant").session());
    Append write = claims.deposit(Append.of(run, Precondition.NONE, List.of(whole)));
    world.store.log().append(write);
    StoredEvent stored = world.store.log().read(run, 1, 1).getFirst();
    assertThat(stored.payload()).hasSizeLessThan(1_000);
    assertThat(EventCodec.decode(stored).event()).isNotEqualTo(whole);
    assertThat(claims.decode(stored).event()).isEqualTo(whole);
  }

  @Test
  void a_large_list_that_comes_too_late_is_deposited_and_redeemed() {
    World world = new World();
    ClaimCheck claims = new ClaimCheck(world.store.blobs());
    Json list = Json.array(Collections.nCopies(ClaimCheck.INLINE_MAX / 4, Json.of("xy")));
    ToolLateResult whole = new ToolLateResult("1.1.0", list);
    RunId run = world.start(Asked.of("assistant").session());
    world.store.log().append(claims.deposit(Append.of(run, Precondition.NONE, List.of(whole))));
    StoredEvent stored = world.store.log().read(run, 1, 1).getFirst();
    assertThat(stored.payload()).hasSizeLessThan(1_000);
    assertThat(claims.decode(stored).event()).isEqualTo(whole);
  }

  @Test
  void a_content_that_the_store_lost_is_told() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), LARGE);
    StoredEvent stored = world.store.log().read(run, 1, 1).getFirst();
    ClaimCheck elsewhere = new ClaimCheck(new World().store.blobs());
    assertThatIllegalStateException()
        .isThrownBy(() -> elsewhere.decode(stored))
        .withMessageStartingWith("the store lacks the blob");
  }
}
