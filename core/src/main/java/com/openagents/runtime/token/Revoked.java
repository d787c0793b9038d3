package com.openagents.runtime.token;

import com.openagents.runtime.identity.Principal;
import java.util.regex.Pattern;

/// What tokens are revoked by.
public sealed interface Revoked {

  /// One token.
  ///
  /// @param id its `jti`, 1 to 128 visible ASCII characters
  record TokenId(String id) implements Revoked {
    private static final Pattern FORM = Pattern.compile("[!-~]{1,128}");

    public TokenId {
      if (!FORM.matcher(id).matches()) {
        throw new IllegalArgumentException("a token's id has 1 to 128 visible ASCII characters");
      }
    }
  }

  /// Every token of somebody, and those that it would ask for.
  record Subject(Principal principal) implements Revoked {}
}
