package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Ageing;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Blobs;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.Checkpoints;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.log.Nodes;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.log.ThreadLog;
import com.openagents.runtime.model.ModelStream;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.PastAudits;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.Rebuilds;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkStreams;
import com.openagents.runtime.projection.WriterLeases;
import com.openagents.runtime.token.Revocation;
import com.openagents.runtime.token.Revocations;
import com.openagents.runtime.token.Revoked;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Stores that do nothing: one says yes to everything, one says no.
final class EmptyStores {

  private EmptyStores() {}

  static List<Plant> all() {
    return List.of(
        new Plant(
            "acknowledges everything and keeps nothing",
            Suites.class,
            "",
            planted ->
                empty(planted, true, w -> new Written(1, w.events().size(), 1, Instant.EPOCH))),
        new Plant(
            "refuses everything",
            Suites.class,
            "",
            planted -> empty(planted, false, _ -> new Refused(Refusal.UNKNOWN_RUN, 0, 0))));
  }

  private static void empty(Planted planted, boolean yes, Function<Append, Appended> answer) {
    planted.log = new EmptyLog(answer);
    planted.index = new EmptyIndex();
    planted.threads = new EmptyThreads();
    planted.changes = new EmptyFeed();
    planted.checkpoints = new EmptyCheckpoints();
    planted.seals = new EmptySeals();
    planted.ageing = new EmptyAgeing(yes);
    planted.nodes = new EmptyNodes();
    planted.blobs = new EmptyBlobs();
    planted.nonces = (_, _, _) -> yes;
    planted.audit = new EmptyAudit();
    planted.revocations = new EmptyRevocations(yes);
    planted.models = _ -> new Silence();
    planted.scan = nothing(LogScan.class, yes);
    planted.projections = nothing(ProjectionStore.class, yes);
    planted.knownSinks = nothing(KnownSinks.class, yes);
    planted.sinkBook = nothing(SinkBook.class, yes);
    planted.sinkStreams = nothing(SinkStreams.class, yes);
    planted.writers = nothing(WriterLeases.class, yes);
    planted.rebuilds = nothing(Rebuilds.class, yes);
    planted.audits = nothing(PastAudits.class, yes);
    planted.sink = nothing(ProjectionSink.class, yes);
    planted.rows = List::of;
  }

  /// A port that has nothing, and does nothing.
  private static <P> P nothing(Class<P> port, boolean yes) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, _) -> answer(method.getReturnType(), yes)));
  }

  private static @Nullable Object answer(Class<?> type, boolean yes) {
    if (type == Optional.class) {
      return Optional.empty();
    }
    if (type == boolean.class) {
      return yes;
    }
    if (type == int.class) {
      return 0;
    }
    return type == List.class ? List.of() : type == Map.class ? Map.of() : null;
  }

  private record EmptyLog(Function<Append, Appended> answer) implements EventLog {
    @Override
    public List<Appended> append(List<Append> batch) {
      return batch.stream().map(answer).toList();
    }

    @Override
    public List<StoredEvent> read(RunId runId, long after, int limit) {
      return List.of();
    }

    @Override
    public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
      return List.of();
    }

    @Override
    public Optional<RunHead> head(RunId runId) {
      return Optional.empty();
    }
  }

  private record EmptyIndex() implements RunIndex {
    @Override
    public List<RunHead> list(Query query) {
      return List.of();
    }

    @Override
    public Optional<RunHead> active(ThreadId threadId) {
      return Optional.empty();
    }

    @Override
    public List<RunHead> due(int limit) {
      return List.of();
    }

    @Override
    public List<RunHead> expired(int limit) {
      return List.of();
    }

    @Override
    public List<RunId> unsealed(int limit) {
      return List.of();
    }
  }

  private record EmptyThreads() implements ThreadLog {
    @Override
    public Optional<Principal> owner(ThreadId threadId) {
      return Optional.empty();
    }

    @Override
    public List<StoredEvent> conversation(ThreadId threadId, int limit) {
      return List.of();
    }
  }

  private record EmptyFeed() implements ChangeFeed {
    @Override
    public Position now() {
      return new Position("0");
    }

    @Override
    public Changes since(Position position) {
      return new Changes(List.of(), position);
    }

    @Override
    public Changes since(Position position, int events) {
      return since(position);
    }
  }

  private record EmptyCheckpoints() implements Checkpoints {
    @Override
    public void save(RunId runId, Checkpoint checkpoint) {}

    @Override
    public Optional<Checkpoint> latest(RunId runId) {
      return Optional.empty();
    }
  }

  private record EmptySeals() implements Seals {
    @Override
    public void save(Map<RunId, Seal> seals) {}

    @Override
    public Optional<Seal> find(RunId runId) {
      return Optional.empty();
    }

    @Override
    public List<AgedRange> aged(RunId runId) {
      return List.of();
    }

    @Override
    public Set<String> keys() {
      return Set.of();
    }
  }

  private record EmptyAgeing(boolean yes) implements Ageing {
    @Override
    public List<RunId> due(Duration window, int limit) {
      return List.of();
    }

    @Override
    public boolean note(Look look) {
      return yes;
    }

    @Override
    public int remove(int limit) {
      return 0;
    }
  }

  private record EmptyNodes() implements Nodes {
    @Override
    public void heartbeat(NodeId node, String version, int executing) {}

    @Override
    public void leave(NodeId node) {}

    @Override
    public List<NodeSeen> list() {
      return List.of();
    }
  }

  private record EmptyBlobs() implements Blobs {
    @Override
    public Digest put(byte[] content) {
      return Digest.of(content);
    }

    @Override
    public Optional<byte[]> get(Digest digest) {
      return Optional.empty();
    }
  }

  private record EmptyAudit() implements Audit {
    @Override
    public void record(Entry entry) {}

    @Override
    public List<Row> list(@Nullable Long before, int limit) {
      return List.of();
    }
  }

  private record EmptyRevocations(boolean yes) implements Revocations {
    @Override
    public Instant revoke(Revoked what, Instant until) {
      return until;
    }

    @Override
    public Optional<Revocation> lift(Revoked what) {
      return Optional.empty();
    }

    @Override
    public boolean isRevoked(@Nullable String tokenId, Principal subject) {
      return yes;
    }

    @Override
    public List<Revocation> list(int limit) {
      return List.of();
    }
  }

  private record Silence() implements ModelStream {
    @Override
    public Polled next(Duration wait) {
      return IDLE;
    }

    @Override
    public void close() {}
  }
}
