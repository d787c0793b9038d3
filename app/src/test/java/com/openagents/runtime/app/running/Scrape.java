package com.openagents.runtime.app.running;

import com.openagents.runtime.http.client.RuntimeClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// All meters of a node, as Prometheus gets them.
public final class Scrape {

  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^(?<name>[a-z0-9_]+)(?:\\{(?<labels>.*)})? (?<value>\\S+)$");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
  private static final Pattern HELP = Pattern.compile("(?m)^# HELP (\\S+) (.+)$");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
  private static final Set<String> OF_HISTOGRAMS = Set.of("le", "quantile");

  private final String text;

  private Scrape(String text) {
    this.text = text;
  }

  public static Scrape of(RuntimeClient client) {
    try (InputStream body = client.download("/metrics").body()) {
      return new Scrape(new String(body.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The value of a meter; NaN when there is none.
  ///
  /// @param labels names and values by turns, in any order
  public double value(String name, String... labels) {
    Map<String, String> wanted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      wanted.put(labels[i], labels[i + 1]);
    }
    return SAMPLE
        .matcher(text)
        .results()
        .filter(sample -> sample.group("name").equals(name) && labels(sample).equals(wanted))
        .mapToDouble(sample -> Double.parseDouble(sample.group("value")))
        .findFirst()
        .orElse(Double.NaN);
  }

  /// The sum of a meter over all its labels; zero when there is none.
  public double total(String name) {
    return SAMPLE
        .matcher(text)
        .results()
        .filter(sample -> sample.group("name").equals(name))
        .mapToDouble(sample -> Double.parseDouble(sample.group("value")))
        .sum();
  }

  private static Map<String, String> labels(MatchResult sample) {
    Map<String, String> labels = new TreeMap<>();
    String text = sample.group("labels");
    if (text != null) {
      LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(2)));
    }
    return labels;
  }

  /// The meters as rows of a table: name, kind, labels, meaning.
  List<String> rows() {
    Map<String, String> meanings = new TreeMap<>();
    HELP.matcher(text).results().forEach(help -> meanings.put(help.group(1), help.group(2)));
    List<String> rows = new ArrayList<>();
    TYPE.matcher(text)
        .results()
        .forEach(type ->
            rows.add(
                "| `%s` | %s | %s | %s |"
                    .formatted(
                        type.group(1),
                        type.group(2),
                        String.join(", ", labelsOf(type.group(1))),
                        meanings.getOrDefault(type.group(1), ""))));
    return rows.stream().sorted().toList();
  }

  private Set<String> labelsOf(String family) {
    Set<String> names = new TreeSet<>();
    SAMPLE
        .matcher(text)
        .results()
        .filter(sample -> sample.group("name").startsWith(family))
        .filter(sample -> sample.group("name").matches(family + "(_bucket|_count|_sum)?"))
        .forEach(sample -> names.addAll(labels(sample).keySet()));
    names.removeAll(OF_HISTOGRAMS);
    return names;
  }
}
