package com.openagents.runtime.http;

import com.openagents.runtime.http.oidc.IdentityVerdict.Reason;
import com.openagents.runtime.http.oidc.IdentityWatch;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Remembers why identity tokens were turned away.
public final class HeardIdentities implements IdentityWatch {

  private final Queue<Reason> refused = new ConcurrentLinkedQueue<>();

  @Override
  public void refused(Reason why) {
    refused.add(why);
  }

  @Override
  public void keysRead(boolean successful) {}

  List<Reason> refused() {
    return List.copyOf(refused);
  }
}
