package com.openagents.runtime.convex;

import com.openagents.runtime.convex.Batches.Target;
import com.openagents.runtime.convex.ConvexAnswer.Failed;
import com.openagents.runtime.convex.ConvexCredential.AdminKey;
import com.openagents.runtime.convex.ConvexValue.Arr;
import com.openagents.runtime.convex.ConvexValue.Obj;
import com.openagents.runtime.convex.ConvexValue.Str;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.SinkRefusing;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows documents in a Convex deployment, through the functions in `adapters-convex/convex`.
///
/// The checks that make it safe are the functions': the epoch, the generation, where a stream
/// stands, and the guard of each document are looked at in the transaction that writes.
public final class ConvexSink implements ProjectionSink {

  private static final Logger LOG = LoggerFactory.getLogger(ConvexSink.class);
  private static final long PAGE = 500;

  private final ConvexSettings settings;
  private final ConvexCalls calls;
  private final Writing writing;
  private final WriteRate rate;
  private final Positions positions = new Positions();

  /// Projections of which the last delivery was given up, and nobody was told yet, with the id of
  /// the last call that failed.
  private final Map<String, String> failing = new HashMap<>();

  /// Streams of the functions, or null before the deployment was opened.
  private volatile @Nullable Set<String> known;

  /// @param http speaks HTTP/1.1 or 2 and follows no redirects
  /// @throws IllegalArgumentException for a key that everybody knows, outside development
  public ConvexSink(HttpClient http, ConvexSettings settings, ConvexCredential credential) {
    this(
        http,
        settings,
        credential,
        new WriteRate(settings.bytesPerSecond(), System::nanoTime),
        LOG::warn);
  }

  /// @param log takes what operators should read
  ConvexSink(
      HttpClient http,
      ConvexSettings settings,
      ConvexCredential credential,
      WriteRate rate,
      Consumer<String> log) {
    if (credential instanceof AdminKey key) {
      refuseDevelopment(settings, key.instance());
    }
    this.settings = settings;
    this.calls = new ConvexCalls(http, settings, credential, log);
    this.writing = new Writing(calls, log);
    this.rate = rate;
  }

  /// Imports into the same deployment; both together keep to its write rate.
  ///
  /// @param key imports are for admins alone
  public ConvexImport imports(HttpClient http, AdminKey key) {
    return new ConvexImport(http, settings, key, rate);
  }

  static void refuseDevelopment(ConvexSettings settings, String instance) {
    if (!settings.development() && instance.equals(AdminKey.DEVELOPMENT_INSTANCE)) {
      throw new IllegalArgumentException(
          "the instance " + instance + " is for development: everybody knows its secret");
    }
  }

  @Override
  public String name() {
    return "convex";
  }

  /// Finds out whether the deployment would be written to, and changes nothing there.
  ///
  /// @return the version of its functions
  /// @throws com.openagents.runtime.projection.SinkAway when asking later may help
  /// @throws SinkRefusing when only a person can
  public String look() {
    try {
      refuseDevelopment(settings, calls.open("/instance_name"));
    } catch (IllegalArgumentException e) {
      throw new SinkRefusing("development", String.valueOf(e.getMessage()));
    }
    return Deployment.check(writing);
  }

  @Override
  public Map<String, Standing> open(long epoch) {
    look();
    failing.clear();
    Deployment.claim(writing, settings.log());
    Map<String, Standing> standing = new HashMap<>();
    for (ConvexValue place : items(writing.mutated("open", epoch, ConvexValue.EMPTY))) {
      Obj stream = Writing.object(place);
      if (stream.get("stream") instanceof Str(String name)) {
        long position = Writing.integer(stream, "position");
        positions.begin(name, position);
        standing.put(name, new Standing(Writing.integer(stream, "generation"), position));
      }
    }
    known = Set.copyOf(standing.keySet());
    return standing;
  }

  /// Whether its functions know the projection; all count as known before it was opened.
  @Override
  public boolean shows(String projection) {
    Set<String> names = known;
    return names == null || names.contains(projection);
  }

  @Override
  public long position(String projection) {
    return positions.last(projection);
  }

  /// When the functions fail for many documents in a row, these are refused and the rest is left
  /// for later; the next call asks for a person before the one after it goes on.
  @Override
  public List<Outcome> deliver(
      long epoch, String projection, long generation, List<Change> changes, Reserving reserving) {
    askForAPerson(epoch, projection);
    List<Operation> operations =
        IntStream.range(0, changes.size())
            .mapToObj(i -> Operation.of(i, projection, changes.get(i)))
            .toList();
    Target target = new Target(epoch, projection, generation);
    Batches batches =
        new Batches(writing, settings, rate, positions, reserving, target, changes.size());
    List<Outcome> outcomes = batches.write(operations);
    if (batches.gaveUp()) {
      failing.put(projection, batches.lastFailed());
    }
    return outcomes;
  }

  /// To be called before anything is delivered, by whatever way.
  ///
  /// @throws SinkRefusing once, when the last delivery of the projection was given up
  void askForAPerson(long epoch, String projection) {
    String request = failing.remove(projection);
    if (request != null) {
      throw writing.trouble(epoch, new Failed(request));
    }
  }

  @Override
  public long begin(long epoch, String projection, long generation) {
    return writing.begin(new Target(epoch, projection, generation));
  }

  @Override
  public int sweep(long epoch, String projection, long generation) {
    rate.await(0);
    Obj args = new Target(epoch, projection, generation).args().with("limit", PAGE);
    Obj swept = writing.mutation("sweep", epoch, args);
    rate.spend(Writing.integer(swept, "bytes"));
    return Math.toIntExact(Writing.integer(swept, "deleted"));
  }

  @Override
  public List<Shown> read(String projection, List<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    String prefix = prefix(projection);
    List<ConvexValue> documentIds =
        ids.stream().<ConvexValue>map(id -> new Str(prefix + id)).toList();
    Obj args =
        ConvexValue.EMPTY.with("stream", projection).with("documentIds", new Arr(documentIds));
    ConvexAnswer answer = calls.query("read", args);
    if (answer instanceof Failed && ids.size() > 1) {
      return divided(projection, ids);
    }
    return shown(prefix, items(writing.value(0, answer)));
  }

  /// Large documents may be more together than one call can read.
  private List<Shown> divided(String projection, List<String> ids) {
    int half = ids.size() / 2;
    List<Shown> shown = new ArrayList<>(read(projection, ids.subList(0, half)));
    shown.addAll(read(projection, ids.subList(half, ids.size())));
    return shown;
  }

  @Override
  public List<Shown> page(String projection, String after, int limit) {
    String prefix = prefix(projection);
    List<Shown> page = new ArrayList<>();
    String cursor = prefix + after;
    do {
      Obj args =
          ConvexValue.EMPTY
              .with("stream", projection)
              .with("cursor", cursor)
              .with("limit", Math.min(PAGE, limit - page.size()));
      Obj answer = writing.query("list", args);
      page.addAll(shown(prefix, items(answer.get("documents"))));
      cursor = answer.get("cursor") instanceof Str(String next) ? next : null;
    } while (cursor != null && page.size() < limit);
    return page;
  }

  private static String prefix(String projection) {
    return "runtime/" + projection + ":";
  }

  private static List<Shown> shown(String prefix, List<ConvexValue> stored) {
    try {
      return stored.stream()
          .map(one -> ConvexDocuments.shown(prefix, Writing.object(one)))
          .toList();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new SinkRefusing("incompatible", "the deployment tells of what is no document");
    }
  }

  private static List<ConvexValue> items(@Nullable ConvexValue value) {
    if (value instanceof Arr(List<ConvexValue> items)) {
      return items;
    }
    throw new SinkRefusing("incompatible", "a function of the deployment returned no list");
  }
}
