package com.openagents.runtime.convex;

import java.util.function.Supplier;

/// What the writer shows to a deployment. Its text form says nothing of it.
public sealed interface ConvexCredential {

  /// A token that the runtime mints for itself, good for minutes and for the writer's functions
  /// alone.
  ///
  /// @param mint gives a token that is good now; asked before every call
  record ServiceToken(Supplier<String> mint) implements ConvexCredential {
    @Override
    public String toString() {
      return "a service token";
    }
  }

  /// The deployment's admin key, which may do anything to it, for ever.
  ///
  /// @param key `<instance>|<hex digits>`
  record AdminKey(String key) implements ConvexCredential {

    /// The instance that comes with Convex's source, with a secret that everybody can read there.
    static final String DEVELOPMENT_INSTANCE = "carnitas";

    public AdminKey {
      if (key.indexOf('|') < 1 || key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
        throw new IllegalArgumentException("an admin key is the instance's name, | and digits");
      }
    }

    /// The instance's name.
    String instance() {
      return key.substring(0, key.indexOf('|'));
    }

    /// Whether everybody knows the key, so that it is for development alone.
    public boolean isKnownToAll() {
      return instance().equals(DEVELOPMENT_INSTANCE);
    }

    @Override
    public String toString() {
      return "an admin key";
    }
  }

  /// The value of the header that shows it.
  default String header() {
    return switch (this) {
      case ServiceToken(var mint) -> "Bearer " + mint.get();
      case AdminKey(String key) -> "Convex " + key;
    };
  }

  /// The module whose functions take it.
  default String module() {
    return switch (this) {
      case ServiceToken _ -> "writer";
      case AdminKey _ -> "writerInternal";
    };
  }
}
