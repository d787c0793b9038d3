package com.openagents.runtime.identity;

import java.util.regex.Pattern;

/// The owner of runs and threads: a user of the product or a guest.
public sealed interface Principal {

  /// The stored and compared form: `user:42` or `guest:g-<32 hex>`.
  String key();

  /// @param id the user's number, greater than 0 and at most 2⁵³−1
  record User(long id) implements Principal {
    public User {
      if (id <= 0 || id > 9_007_199_254_740_991L) {
        throw new IllegalArgumentException("a user id is an integer from 1 to 2^53-1");
      }
    }

    @Override
    public String key() {
      return "user:" + id;
    }
  }

  /// @param scope `g-` and 32 lowercase hex digits
  record Guest(String scope) implements Principal {
    private static final Pattern FORM = Pattern.compile("g-[0-9a-f]{32}");

    public Guest {
      if (!FORM.matcher(scope).matches()) {
        throw new IllegalArgumentException("a guest scope is g- and 32 lowercase hex digits");
      }
    }

    @Override
    public String key() {
      return "guest:" + scope;
    }
  }

  /// Reads what [#key()] wrote.
  ///
  /// @throws IllegalArgumentException when the text is no principal's key
  static Principal ofKey(String key) {
    if (key.startsWith("user:")) {
      return new User(Long.parseLong(key.substring(5)));
    }
    if (key.startsWith("guest:")) {
      return new Guest(key.substring(6));
    }
    throw new IllegalArgumentException("not a principal: " + key);
  }
}
