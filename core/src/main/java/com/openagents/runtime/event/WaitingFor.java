package com.openagents.runtime.event;

import java.util.Locale;

/// What a waiting run waits for.
public enum WaitingFor {
  FRAMES,
  APPROVAL,
  TIMER,
  TOOL,
  CHILDREN,
  ADMISSION;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static WaitingFor named(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
