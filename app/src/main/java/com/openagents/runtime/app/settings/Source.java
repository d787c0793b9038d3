package com.openagents.runtime.app.settings;

/// Where a value was found.
enum Source {
  ENVIRONMENT("environment"),
  CONFIG_FILE("config file"),
  SECRET_FILE("secret file");

  private final String label;

  Source(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
