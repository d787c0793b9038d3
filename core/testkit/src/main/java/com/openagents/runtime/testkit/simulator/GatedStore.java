package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.log.Blobs;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.Checkpoints;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.log.ThreadLog;
import java.util.List;
import java.util.Optional;

/// The ports of the store beside the log, as a node reaches them.
record GatedStore(Gate gate, InMemoryStore store) {

  RunIndex index() {
    return new Index(gate, store.index());
  }

  ThreadLog threads() {
    return new Threads(gate, store.threads());
  }

  ChangeFeed changes() {
    return new Feed(gate, store.changes());
  }

  Checkpoints checkpoints() {
    return new Folds(gate, store.checkpoints());
  }

  Seals seals() {
    return new GatedSeals(gate, store.seals());
  }

  Blobs blobs() {
    return new Payloads(gate, store.blobs());
  }

  private static String runs(List<RunHead> heads) {
    return heads.stream().map(head -> GatedLog.shown(head.runId())).toList().toString();
  }

  private record Index(Gate gate, RunIndex index) implements RunIndex {
    @Override
    public List<RunHead> list(Query query) {
      return gate.store(() -> "list", () -> index.list(query), GatedStore::runs);
    }

    @Override
    public Optional<RunHead> active(ThreadId threadId) {
      return gate.store(
          () -> "active", () -> index.active(threadId), head -> runs(head.stream().toList()));
    }

    @Override
    public List<RunHead> due(int limit) {
      return gate.store(() -> "due", () -> index.due(limit), GatedStore::runs);
    }

    @Override
    public List<RunHead> expired(int limit) {
      return gate.store(() -> "expired", () -> index.expired(limit), GatedStore::runs);
    }

    @Override
    public List<RunId> unsealed(int limit) {
      return gate.store(() -> "unsealed", () -> index.unsealed(limit), List::toString);
    }
  }

  private record Threads(Gate gate, ThreadLog threads) implements ThreadLog {
    @Override
    public Optional<Principal> owner(ThreadId threadId) {
      return gate.store(() -> "owner", () -> threads.owner(threadId), Optional::toString);
    }

    @Override
    public List<StoredEvent> conversation(ThreadId threadId, int limit) {
      return gate.store(
          () -> "conversation",
          () -> threads.conversation(threadId, limit),
          events -> events.size() + " events");
    }
  }

  private record Feed(Gate gate, ChangeFeed feed) implements ChangeFeed {
    @Override
    public Position now() {
      return gate.store(() -> "feed now", feed::now, Position::token);
    }

    @Override
    public Changes since(Position position) {
      return gate.look(
          () -> "feed since " + position.token(),
          fault -> seen(fault, position),
          changes -> changes.changes().size() + " changes");
    }

    /// Nodes ask for all.
    @Override
    public Changes since(Position position, int events) {
      return since(position);
    }

    /// At least once, and never later than somebody looks.
    private Changes seen(Fault fault, Position position) {
      return switch (fault) {
        case WAKE_LATE -> new Changes(List.of(), position);
        case WAKE_TWICE -> new Changes(feed.since(position).changes(), position);
        default -> feed.since(position);
      };
    }
  }

  private record Folds(Gate gate, Checkpoints checkpoints) implements Checkpoints {
    @Override
    public void save(RunId runId, Checkpoint checkpoint) {
      gate.store(
          () -> "save fold " + GatedLog.shown(runId) + " through " + checkpoint.throughSeq(),
          () -> {
            checkpoints.save(runId, checkpoint);
            return "saved";
          },
          saved -> saved);
    }

    @Override
    public Optional<Checkpoint> latest(RunId runId) {
      return gate.store(
          () -> "latest fold " + GatedLog.shown(runId),
          () -> checkpoints.latest(runId),
          found -> found.map(c -> "through " + c.throughSeq()).orElse("none"));
    }
  }

  private record Payloads(Gate gate, Blobs blobs) implements Blobs {
    @Override
    public Digest put(byte[] content) {
      return gate.store(() -> "put blob", () -> blobs.put(content), Digest::toString);
    }

    @Override
    public Optional<byte[]> get(Digest digest) {
      return gate.store(
          () -> "get blob", () -> blobs.get(digest), b -> b.isPresent() ? "it" : "none");
    }
  }
}
