package com.openagents.runtime.app.drill;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// What a model's provider writes down about the calls that it gets, by their idempotency keys.
/// Thread-safe.
final class ProviderBooks {

  /// @param asked how often the call was made
  /// @param answered how often it was answered to the end
  /// @param answer the text of the answer
  record Entry(int asked, int answered, String answer) {
    static final Entry NONE = new Entry(0, 0, "");
  }

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  void asked(String key, String answer) {
    var _ =
        entries.merge(
            key,
            new Entry(1, 0, answer),
            (entry, _) -> new Entry(entry.asked() + 1, entry.answered(), answer));
  }

  void answered(String key) {
    var _ =
        entries.computeIfPresent(
            key, (_, entry) -> new Entry(entry.asked(), entry.answered() + 1, entry.answer()));
  }

  Entry of(String key) {
    return entries.getOrDefault(key, Entry.NONE);
  }

  /// The entries of one run, whose calls begin with its id.
  Map<String, Entry> ofRun(String runId) {
    Map<String, Entry> found = new TreeMap<>();
    entries.forEach((key, entry) -> {
      if (key.startsWith(runId + ":")) {
        found.put(key, entry);
      }
    });
    return found;
  }

  int calls() {
    return entries.size();
  }

  int requests() {
    return entries.values().stream().mapToInt(Entry::asked).sum();
  }
}
