package com.openagents.runtime.run;

/// One thing that was said in a conversation and that later turns may read.
public record Utterance(Speaker speaker, String text) {

  public enum Speaker {
    USER,
    AGENT,
    /// Context that somebody left for the agent.
    NOTE
  }
}
