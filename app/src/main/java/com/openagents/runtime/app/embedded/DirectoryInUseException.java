package com.openagents.runtime.app.embedded;

import java.nio.file.Path;

/// Another process holds the data directory; [#owner()] tells how to reach it.
public final class DirectoryInUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Owner owner;

  DirectoryInUseException(Path directory, Owner owner) {
    super(
        "The data directory %s is in use by %s. Use that one, stop it, or choose another OA_DATA_DIR."
            .formatted(directory, owner));
    this.owner = owner;
  }

  public Owner owner() {
    return owner;
  }
}
