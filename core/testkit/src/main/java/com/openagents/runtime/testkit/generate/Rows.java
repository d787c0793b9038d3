package com.openagents.runtime.testkit.generate;

import com.openagents.runtime.event.RunSpec.AgentRef;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Ageing.Look;
import com.openagents.runtime.log.ChangeFeed.Change;
import com.openagents.runtime.log.ChangeFeed.Changes;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.log.Checkpoints.Checkpoint;
import com.openagents.runtime.log.DerivedRun;
import com.openagents.runtime.log.DerivedRun.Known;
import com.openagents.runtime.log.DerivedRun.TakenFrame;
import com.openagents.runtime.log.LogScan.From;
import com.openagents.runtime.log.LogScan.Reach;
import com.openagents.runtime.log.Nodes.NodeSeen;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunIndex.Before;
import com.openagents.runtime.log.RunIndex.Query;
import com.openagents.runtime.log.Seals.Seal;
import java.util.List;
import java.util.random.RandomGenerator;

/// Random rows of what stands beside the logs, and questions for them. Not thread-safe.
public final class Rows {

  private static final List<String> STATUSES =
      List.of("created", "running", "waiting", "canceling", "completed", "failed", "canceled");

  private final Values some;
  private final Appends appends;
  private final Leases leases;

  public Rows(RandomGenerator random) {
    some = new Values(random);
    appends = new Appends(random);
    leases = new Leases(random);
  }

  public RunHead head() {
    return new RunHead(
        some.runId(),
        some.thread(),
        some.principal(),
        new AgentRef(some.name(), some.count()),
        some.digest(),
        appends.columns(),
        some.number(),
        some.number(),
        leases.lease(),
        some.orNull(some::time),
        some.time(),
        some.time(),
        some.time());
  }

  public Query query() {
    return new Query(
        some.orNull(some::principal),
        some.orNull(some::thread),
        some.orNull(() -> some.oneOf(STATUSES)),
        some.orNull(some::name),
        some.orNull(() -> new Before(some.time(), some.runId())),
        1 + some.below(200));
  }

  public Changes changes() {
    return new Changes(
        some.some(() -> new Change(some.runId(), some.number())), new Position(some.name()));
  }

  public Checkpoint checkpoint() {
    return new Checkpoint(some.number(), some.count(), some.digest(), "{}");
  }

  public Seal seal() {
    long through = some.number();
    return new Seal(through, through, some.digest(), some.name(), some.name(), some.time());
  }

  public AgedRange agedRange() {
    long from = some.count();
    return new AgedRange(
        from, from + some.count(), some.digest(), some.name(), some.name(), some.time());
  }

  public Look look() {
    AgedRange range = agedRange();
    return new Look(
        some.runId(),
        range.from() - 1,
        range.through(),
        some.chance() ? List.of(range) : List.of(),
        some.orNull(some::time));
  }

  public NodeSeen nodeSeen() {
    return new NodeSeen(some.node(), some.name(), some.count(), some.time(), some.time());
  }

  public DerivedRun derived() {
    return new DerivedRun(
        head(),
        some.orNull(some::time),
        some.orNull(some::time),
        some.some(() -> new TakenFrame(some.frameId(), some.digest(), some.number())));
  }

  public Known known() {
    return new Known(some.number(), some.number());
  }

  public From from() {
    return new From(some.runId(), some.number());
  }

  public Reach reach() {
    return new Reach(some.runId(), some.number());
  }
}
