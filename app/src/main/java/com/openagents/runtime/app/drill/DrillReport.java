package com.openagents.runtime.app.drill;

import com.openagents.runtime.canon.Json;

/// What a drill did and what it found.
public interface DrillReport {

  /// Whether every law held.
  boolean lawful();

  /// For programs.
  Json.Obj json();

  /// For people.
  String text();
}
