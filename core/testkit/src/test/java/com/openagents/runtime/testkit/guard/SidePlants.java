package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Blobs;
import com.openagents.runtime.log.Checkpoints;
import com.openagents.runtime.log.Nodes;
import com.openagents.runtime.log.Seals;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Bugs of the smaller ports.
final class SidePlants {

  private SidePlants() {}

  static List<Plant> all() {
    return Stream.of(records(), nonces()).flatMap(List::stream).toList();
  }

  private static List<Plant> nonces() {
    return List.of(
        new Plant(
            "nonces are compared without regard to case",
            SideSuites.NonceStores.class,
            "different_nonces_have_nothing_to_do_with_each_other",
            planted -> {
              var honest = planted.nonces;
              planted.nonces =
                  (nonce, issuedAt, expiresAt) ->
                      honest.use(nonce.toLowerCase(Locale.ROOT), issuedAt, expiresAt);
            }),
        new Plant(
            "nonces from before the memory are taken",
            SideSuites.NonceStores.class,
            "a_token_from_before_there_was_a_memory_is_refused",
            planted -> {
              Set<String> used = ConcurrentHashMap.newKeySet();
              planted.nonces = (nonce, _, _) -> used.add(nonce);
            }),
        new Plant(
            "nonces are forgotten early",
            SideSuites.NonceStores.class,
            "a_nonce_is_remembered_until_it_expires",
            planted -> {
              var honest = planted.nonces;
              planted.nonces =
                  (nonce, issuedAt, _) -> honest.use(nonce, issuedAt, issuedAt.plusSeconds(60));
            }));
  }

  private static List<Plant> records() {
    return List.of(
        new Plant(
            "the latest fold is kept, not the newest",
            SideSuites.CheckpointStores.class,
            "an_older_fold_changes_nothing",
            planted -> planted.checkpoints = new LatestCheckpoints()),
        new Plant(
            "a later seal replaces the first",
            SideSuites.SealStores.class,
            "the_first_seal_stays",
            planted -> planted.seals = new LatestSeals()),
        new Plant(
            "only one key is told",
            SideSuites.SealStores.class,
            "every_key_that_sealed_is_told_once",
            planted -> planted.seals = new OneKey(planted.seals)),
        new Plant(
            "every heartbeat begins a node's life",
            SideSuites.NodeViews.class,
            "a_node_keeps_the_time_of_its_first_heartbeat",
            planted -> planted.nodes = new NewbornNodes(planted.nodes)),
        new Plant(
            "a node that leaves takes every other along",
            SideSuites.NodeViews.class,
            "a_node_that_left_is_not_listed",
            planted -> planted.nodes = new CrowdedExit(planted.nodes)),
        new Plant(
            "payloads are kept in the caller's array",
            SideSuites.BlobStores.class,
            "callers_cannot_change_what_is_kept",
            planted -> planted.blobs = new SharedBlobs()),
        new Plant(
            "a page of the audit repeats the row that it begins before",
            SideSuites.Audits.class,
            "pages_follow_each_other_without_overlap_or_gap",
            planted -> planted.audit = new OverlappingAudit(planted.audit)));
  }

  private static final class LatestCheckpoints implements Checkpoints {
    private final Map<RunId, Checkpoint> latest = new ConcurrentHashMap<>();

    @Override
    public void save(RunId runId, Checkpoint checkpoint) {
      latest.put(runId, checkpoint);
    }

    @Override
    public Optional<Checkpoint> latest(RunId runId) {
      return Optional.ofNullable(latest.get(runId));
    }
  }

  private static final class LatestSeals implements Seals {
    private final Map<RunId, Seal> latest = new ConcurrentHashMap<>();

    @Override
    public void save(RunId runId, Seal seal) {
      latest.put(runId, seal);
    }

    @Override
    public Optional<Seal> find(RunId runId) {
      return Optional.ofNullable(latest.get(runId));
    }

    @Override
    public List<AgedRange> aged(RunId runId) {
      return List.of();
    }

    @Override
    public Set<String> keys() {
      return latest.values().stream().map(Seal::keyId).collect(Collectors.toSet());
    }
  }

  private static final class OneKey extends PassedOnSeals {
    private OneKey(Seals honest) {
      super(honest);
    }

    @Override
    public Set<String> keys() {
      return honest.keys().stream().limit(1).collect(Collectors.toSet());
    }
  }

  private static final class NewbornNodes extends PassedOnNodes {
    private NewbornNodes(Nodes honest) {
      super(honest);
    }

    @Override
    public List<NodeSeen> list() {
      return honest.list().stream().map(NewbornNodes::newborn).toList();
    }

    private static NodeSeen newborn(NodeSeen seen) {
      Instant at = seen.seenAt();
      return new NodeSeen(seen.node(), seen.version(), seen.executing(), at, at);
    }
  }

  private static final class CrowdedExit extends PassedOnNodes {
    private CrowdedExit(Nodes honest) {
      super(honest);
    }

    @Override
    public void leave(NodeId node) {
      list().forEach(seen -> honest.leave(seen.node()));
    }
  }

  private static final class SharedBlobs implements Blobs {
    private final Map<Digest, byte[]> contents = new HashMap<>();

    @Override
    public synchronized Digest put(byte[] content) {
      Digest digest = Digest.of(content);
      contents.put(digest, content);
      return digest;
    }

    @Override
    public synchronized Optional<byte[]> get(Digest digest) {
      return Optional.ofNullable(contents.get(digest));
    }
  }

  private record OverlappingAudit(Audit honest) implements Audit {
    @Override
    public void record(Entry entry) {
      honest.record(entry);
    }

    @Override
    public List<Row> list(@Nullable Long before, int limit) {
      List<Row> page = honest.list(before == null ? null : before + 1, limit);
      return page.size() <= 1 && before != null ? List.of() : page;
    }
  }
}
