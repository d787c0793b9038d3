package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.SinkRefusing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A process's way to a sink: remembers where each stream stood, and goes no further once one
/// stands before that, until the sink is opened again. Not thread-safe.
final class RememberingSink implements ProjectionSink {

  private final ProjectionSink sink;
  private final StreamEnd streams;
  private final Map<String, Long> positions = new HashMap<>();

  /// @param streams where its documents are written
  RememberingSink(ProjectionSink sink, StreamEnd streams) {
    this.sink = sink;
    this.streams = streams;
  }

  @Override
  public String name() {
    return sink.name();
  }

  @Override
  public Map<String, Standing> open(long epoch) {
    Map<String, Standing> standing = sink.open(epoch);
    positions.clear();
    standing.forEach((projection, stands) -> positions.put(projection, stands.position()));
    return standing;
  }

  @Override
  public boolean shows(String projection) {
    return sink.shows(projection);
  }

  @Override
  public long position(String projection) {
    return positions.getOrDefault(projection, 0L);
  }

  @Override
  public List<Outcome> deliver(
      long epoch, String projection, long generation, List<Change> changes, Reserving reserving) {
    while (true) {
      long from = position(projection);
      reserving.upTo(from + 1);
      StreamEnd.Answer answer = streams.write(from, epoch, projection, generation, changes);
      if (answer.position() < from) {
        throw new SinkRefusing("emptied", "it stands before where it stood");
      }
      positions.put(projection, answer.position());
      if (answer.outcomes().isPresent()) {
        return answer.outcomes().get();
      }
    }
  }

  @Override
  public long begin(long epoch, String projection, long generation) {
    return sink.begin(epoch, projection, generation);
  }

  @Override
  public int sweep(long epoch, String projection, long generation) {
    return sink.sweep(epoch, projection, generation);
  }

  @Override
  public List<Shown> read(String projection, List<String> ids) {
    return sink.read(projection, ids);
  }

  @Override
  public List<Shown> page(String projection, String after, int limit) {
    return sink.page(projection, after, limit);
  }
}
