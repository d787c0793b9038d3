package com.openagents.runtime.inmemory;

import com.openagents.runtime.inmemory.ProjectionTables.Mark;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.SinkBook;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps in memory what sinks have. Thread-safe.
final class InMemorySinkBook implements SinkBook {

  private final ProjectionTables tables;

  InMemorySinkBook(ProjectionTables tables) {
    this.tables = tables;
  }

  @Override
  public void lost(long epoch, String sink, Map<String, Standing> standing) {
    tables.write(
        epoch,
        t -> {
          Book book = t.book(sink);
          standing.forEach(book::stands);
          book.marking = true;
          book.marked = null;
        });
  }

  @Override
  public Optional<Instant> unknownUntil(String sink, String projection) {
    return tables.exclusively(t -> t.unknownUntil(t.book(sink), projection));
  }

  @Override
  public Older older(String sink, String projection, Instant until) {
    return tables.exclusively(t -> t.older(t.book(sink), projection, until));
  }

  @Override
  public List<Due> due(String sink, Collection<String> told, int limit) {
    return tables.exclusively(t ->
        new Lacking(t, t.book(sink), told)
            .due()
            .limit(limit)
            .map(e ->
                new Due(
                    e.getKey().projection(),
                    e.getValue().entity,
                    t.kept(e.getKey()),
                    e.getValue().there))
            .toList());
  }

  @Override
  public void taken(long epoch, String sink, List<Taken> taken) {
    tables.write(
        epoch,
        t -> {
          for (Taken one : taken) {
            ProjectionTables.Key key =
                new ProjectionTables.Key(one.projection(), one.entity().id());
            Mark mark =
                t.book(sink).marks.computeIfAbsent(key, _ -> new Mark(one.entity(), t.now()));
            mark.there = one.there();
            mark.parked = null;
            if (mark.there == null && t.kept(key) == null) {
              t.book(sink).marks.remove(key);
            }
          }
        });
  }

  @Override
  public void park(long epoch, String sink, Due due, String reason) {
    tables.write(
        epoch,
        t -> {
          var key = new ProjectionTables.Key(due.projection(), due.entity().id());
          Mark mark = t.book(sink).marks.get(key);
          Checkpoint wanted = ProjectionTables.form(due.wanted());
          if (mark != null && Objects.equals(wanted, ProjectionTables.form(t.kept(key)))) {
            mark.parked =
                new ParkedDocument(due.projection(), due.entity(), wanted, reason, t.now());
          }
        });
  }

  @Override
  public int retry(String sink) {
    return tables.exclusively(t -> {
      List<Mark> parked =
          t.book(sink).marks.values().stream().filter(m -> m.parked != null).toList();
      parked.forEach(mark -> mark.parked = null);
      return parked.size();
    });
  }

  @Override
  public List<ParkedDocument> parked(String sink, int limit) {
    return tables.exclusively(t ->
        t.book(sink).marks.values().stream()
            .flatMap(mark -> Stream.ofNullable(mark.parked))
            .limit(limit)
            .toList());
  }

  @Override
  public void reset(long epoch, String sink, String projection, @Nullable String entityId) {
    tables.write(
        epoch,
        t -> {
          t.book(sink)
              .marks
              .forEach((key, mark) -> {
                if (key.projection().equals(projection)
                    && (entityId == null || entityId.equals(key.entityId()))) {
                  mark.forget(t.kept(key));
                }
              });
        });
  }

  @Override
  public Map<String, Held> held(String sink, String projection, Collection<String> entityIds) {
    return tables.exclusively(t -> t.book(sink).held(projection, entityIds));
  }
}
