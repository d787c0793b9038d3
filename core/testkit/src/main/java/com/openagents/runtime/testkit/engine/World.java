package com.openagents.runtime.testkit.engine;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.identity.Ids;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.SeededIds;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.testkit.generate.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/// What outlives every node: the store, the time, the model, and what is planned.
final class World {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Setup setup;
  private Setup deployed;
  private AgentPrograms programs;
  private final VirtualTime time = new VirtualTime(START);
  private final InMemoryStore store = new InMemoryStore(time);
  private final TestCode testCode = new TestCode();
  private final FakeModels models = new FakeModels(this::pass, testCode);
  private final Crashes crashes = new Crashes();
  private final AgentErrors agentErrors = new AgentErrors();
  private final Ids ids;
  private final RandomGenerator random;
  private final List<Node> nodes = new ArrayList<>();
  private int started;
  private int lost;
  private Instant lastBeat = START;
  private boolean busy;

  World(Setup setup) {
    this.setup = setup;
    this.deployed = setup;
    this.programs = setup.freshPrograms(agentErrors);
    this.ids = new SeededIds(time, setup.seed());
    this.random = Seeds.random(setup.seed());
    for (int i = 0; i < setup.nodes(); i++) {
      nodes.add(startNode());
    }
  }

  private Node startNode() {
    return new Node("node-" + ++started, deployed.freshPrograms(agentErrors), this);
  }

  Setup setup() {
    return setup;
  }

  /// Those of whoever takes requests in.
  AgentPrograms programs() {
    return programs;
  }

  VirtualTime time() {
    return time;
  }

  InMemoryStore store() {
    return store;
  }

  FakeModels models() {
    return models;
  }

  Crashes crashes() {
    return crashes;
  }

  AgentErrors agentErrors() {
    return agentErrors;
  }

  Ids ids() {
    return ids;
  }

  int nodesLost() {
    return lost;
  }

  /// Whether a node is in the middle of something.
  boolean busy() {
    return busy;
  }

  /// Puts a fresh node in the place of each, with other programs.
  void deploy(Setup next) {
    notBusy();
    deployed = next;
    programs = next.freshPrograms(agentErrors);
    nodes.replaceAll(_ -> startNode());
  }

  private void notBusy() {
    if (busy) {
      throw new IllegalStateException("a node is in the middle of something; it goes on by itself");
    }
  }

  /// Tells the nodes what was written by somebody else.
  void look() {
    nodes.forEach(Node::look);
  }

  /// Lets every node carry out what is due, again and again until nothing is that any node takes.
  void settle() {
    notBusy();
    long written;
    do {
      written = crashes.eventsWritten();
      round();
    } while (crashes.eventsWritten() > written && !store.index().due(1).isEmpty());
  }

  /// Lets every node work once, in an order that the seed decides.
  private void round() {
    List<Node> inTurn = new ArrayList<>(nodes);
    Collections.shuffle(inTurn, random);
    Deque<Node> left = new ArrayDeque<>(inTurn);
    for (Node node = left.poll(); node != null; node = left.poll()) {
      if (!work(node)) {
        lost++;
        Node fresh = startNode();
        nodes.set(nodes.indexOf(node), fresh);
        left.add(fresh);
      }
      testCode.rethrow();
    }
  }

  /// @return whether the node is still there
  private boolean work(Node node) {
    busy = true;
    try {
      node.look();
      node.settle();
      return true;
    } catch (NodeDown e) {
      models.nodeDown();
      return false;
    } finally {
      busy = false;
    }
  }

  /// Lets time pass while a node waits, and the hearts of all nodes beat.
  void pass(Duration by) {
    Duration beatEvery = setup.leaseTtl().dividedBy(3);
    Instant until = time.instant().plus(by);
    for (Instant beat = lastBeat.plus(beatEvery);
        beat.isBefore(until);
        beat = beat.plus(beatEvery)) {
      if (beat.isAfter(time.instant())) {
        time.advance(Duration.between(time.instant(), beat));
      }
      nodes.forEach(Node::beat);
      lastBeat = beat;
    }
    time.advance(Duration.between(time.instant(), until));
  }

  /// Lets time pass, and the nodes carry out what comes due at the time at which it does.
  void advanceTo(Instant until) {
    settle();
    for (Instant next = store.nextWake(); !next.isAfter(until); next = store.nextWake()) {
      jump(next);
      settle();
    }
    jump(until);
  }

  /// A node that listened to a slow model may have been longer than was wanted.
  private void jump(Instant to) {
    if (to.isAfter(time.instant())) {
      time.advance(Duration.between(time.instant(), to));
      lastBeat = to;
    }
  }
}
