package com.openagents.runtime.http.oidc;

import com.openagents.runtime.http.oidc.IdentityVerdict.Reason;

/// Hears how it goes with identity tokens. Thread-safe.
public interface IdentityWatch {

  /// Hears nothing.
  IdentityWatch UNHEARD =
      new IdentityWatch() {
        @Override
        public void refused(Reason why) {}

        @Override
        public void keysRead(boolean successful) {}
      };

  void refused(Reason why);

  /// @param successful whether the keys of the issuer were read
  void keysRead(boolean successful);
}
