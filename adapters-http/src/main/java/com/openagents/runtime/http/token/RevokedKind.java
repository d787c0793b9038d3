package com.openagents.runtime.http.token;

/// What tokens are revoked by: all of a subject, or one by its id.
public enum RevokedKind {
  SUBJECT,
  TOKEN
}
