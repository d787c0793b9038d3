package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Blobs;
import com.openagents.runtime.log.Checkpoints;
import com.openagents.runtime.log.Nodes;
import com.openagents.runtime.log.Seals.Seal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// More bugs of what stands beside the log: blobs, seals, nodes, checkpoints, audit.
final class RecordPlants {

  private RecordPlants() {}

  static List<Plant> all() {
    return Stream.of(blobs(), seals(), nodes(), checkpoints(), audits())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Plant> blobs() {
    return List.of(
        new Plant(
            "no content is no payload",
            SideSuites.BlobStores.class,
            "no_content_and_large_content_come_back",
            planted ->
                planted.blobs =
                    read(planted.blobs, found -> found.filter(bytes -> bytes.length > 0))),
        new Plant(
            "what was never put is empty",
            SideSuites.BlobStores.class,
            "different_contents_stay_apart",
            planted ->
                planted.blobs =
                    read(planted.blobs, found -> Optional.of(found.orElse(new byte[0])))));
  }

  private static Blobs read(Blobs honest, UnaryOperator<Optional<byte[]>> found) {
    return new Blobs() {
      @Override
      public Digest put(byte[] content) {
        return honest.put(content);
      }

      @Override
      public Optional<byte[]> get(Digest digest) {
        return found.apply(honest.get(digest));
      }
    };
  }

  private static List<Plant> seals() {
    return List.of(
        new Plant(
            "one seal is shown for all runs",
            SideSuites.SealStores.class,
            "a_run_is_sealed_alone",
            planted -> {
              List<RunId> sealed = new ArrayList<>();
              planted.seals =
                  new PassedOnSeals(planted.seals) {
                    @Override
                    public void save(RunId runId, Seal seal) {
                      sealed.add(runId);
                      honest.save(runId, seal);
                    }

                    @Override
                    public Optional<Seal> find(RunId runId) {
                      return sealed.isEmpty() ? Optional.empty() : honest.find(sealed.getFirst());
                    }
                  };
            }),
        new Plant(
            "the time of a seal is kept in seconds",
            SideSuites.SealStores.class,
            "a_seal_comes_back_as_it_was",
            planted ->
                planted.seals =
                    new PassedOnSeals(planted.seals) {
                      @Override
                      public void save(RunId runId, Seal s) {
                        honest.save(
                            runId,
                            new Seal(
                                s.throughSeq(),
                                s.count(),
                                s.head(),
                                s.keyId(),
                                s.signature(),
                                s.at().truncatedTo(ChronoUnit.SECONDS)));
                      }
                    }));
  }

  private static List<Plant> nodes() {
    return List.of(
        nodes("nodes are listed oldest first", "lists_the_latest_first", List::reversed),
        new Plant(
            "a node that is gone stays on the list",
            SideSuites.NodeViews.class,
            "lists_who_was_seen_within_a_day",
            planted -> {
              Map<NodeId, Nodes.NodeSeen> ever = new LinkedHashMap<>();
              Nodes honest = planted.nodes;
              planted.nodes =
                  listing(
                      honest,
                      seen -> {
                        seen.forEach(node -> ever.put(node.node(), node));
                        return List.copyOf(ever.values());
                      });
            }),
        nodes(
            "nobody is told what a node executes",
            "a_node_is_seen_as_it_last_said",
            seen ->
                seen.stream()
                    .map(n ->
                        new Nodes.NodeSeen(n.node(), n.version(), 0, n.startedAt(), n.seenAt()))
                    .toList()));
  }

  private static Plant nodes(
      String bug, String caughtBy, UnaryOperator<List<Nodes.NodeSeen>> listed) {
    return new Plant(
        bug,
        SideSuites.NodeViews.class,
        caughtBy,
        planted -> planted.nodes = listing(planted.nodes, listed));
  }

  private static Nodes listing(Nodes honest, UnaryOperator<List<Nodes.NodeSeen>> listed) {
    return new PassedOnNodes(honest) {
      @Override
      public List<NodeSeen> list() {
        return listed.apply(honest.list());
      }
    };
  }

  private static List<Plant> checkpoints() {
    return List.of(
        checkpoint(
            "a fold in an older format stays",
            "a_fold_of_the_same_sequence_replaces_one_in_an_older_format",
            honest ->
                (runId, fold) ->
                    honest
                        .latest(runId)
                        .filter(stored -> stored.throughSeq() >= fold.throughSeq())
                        .ifPresentOrElse(_ -> {}, () -> honest.save(runId, fold))),
        checkpoint(
            "the first fold is the last",
            "a_newer_fold_replaces_an_older_one",
            honest ->
                (runId, fold) -> {
                  if (honest.latest(runId).isEmpty()) {
                    honest.save(runId, fold);
                  }
                }));
  }

  private interface Saving {
    void save(RunId runId, Checkpoints.Checkpoint checkpoint);
  }

  private static Plant checkpoint(
      String bug, String caughtBy, Function<Checkpoints, Saving> spoiled) {
    return new Plant(
        bug,
        SideSuites.CheckpointStores.class,
        caughtBy,
        planted -> {
          Checkpoints honest = planted.checkpoints;
          Saving saving = spoiled.apply(honest);
          planted.checkpoints =
              new Checkpoints() {
                @Override
                public void save(RunId runId, Checkpoint checkpoint) {
                  saving.save(runId, checkpoint);
                }

                @Override
                public Optional<Checkpoint> latest(RunId runId) {
                  return honest.latest(runId);
                }
              };
        });
  }

  private static List<Plant> audits() {
    return List.of(
        audit(
            "the reason of a deed is not kept",
            "a_deed_comes_back_as_it_was_recorded",
            e -> new Audit.Entry(e.actor(), e.action(), e.subject(), null, e.before(), e.after()),
            UnaryOperator.identity()),
        audit(
            "the audit is listed oldest first",
            "lists_the_newest_first_with_falling_numbers",
            UnaryOperator.identity(),
            List::reversed));
  }

  private static Plant audit(
      String bug,
      String caughtBy,
      UnaryOperator<Audit.Entry> recorded,
      UnaryOperator<List<Audit.Row>> listed) {
    return new Plant(
        bug,
        SideSuites.Audits.class,
        caughtBy,
        planted -> {
          Audit honest = planted.audit;
          planted.audit =
              new Audit() {
                @Override
                public void record(Entry entry) {
                  honest.record(recorded.apply(entry));
                }

                @Override
                public List<Row> list(@Nullable Long before, int limit) {
                  return listed.apply(honest.list(before, limit));
                }
              };
        });
  }
}
