package com.openagents.runtime.http.edge;

import java.io.IOException;

/// The service cannot listen where it was told to, mostly because another program does.
public final class ListenRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ListenRefused(String host, int port, IOException cause) {
    super("cannot listen on port %d of %s: %s".formatted(port, host, cause.getMessage()), cause);
  }
}
