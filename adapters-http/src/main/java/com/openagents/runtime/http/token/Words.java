package com.openagents.runtime.http.token;

/// The forms of what calls about tokens are given, and what is said where another one comes.
final class Words {

  static final String SCOPE_SAID = "a scope that there is: see the documentation of tokens";
  static final int SCOPES_MAX = 20;
  static final String SCOPES_SAID = "a list of at most 20 scopes";
  static final String NAME = "[!-~]{1,128}";
  static final String NAME_SAID = "1 to 128 visible ASCII characters";
  static final long LIFE_MIN = 60;
  static final long LIFE_MAX = 900;
  static final String LIFE_SAID = "a number of seconds from 60 to 900";
  static final int REASON_MAX = 1_000;
  static final String REASON_SAID = "a text of at most 1000 characters";

  /// As long as a token lives at most, so that none is good again when its revocation ends.
  static final long REVOKED_MIN = LIFE_MAX;

  static final long REVOKED_MAX = 31_536_000;
  static final String REVOKED_SAID = "a number of seconds from 900 to 31536000";
  static final int TOKEN_MAX = 8_192;
  static final String TOKEN_SAID = "a text of at most 8192 characters";

  private Words() {}
}
