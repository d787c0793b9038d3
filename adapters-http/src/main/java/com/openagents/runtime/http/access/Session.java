package com.openagents.runtime.http.access;

import com.openagents.runtime.access.Membership;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.Principal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A person at the identity provider, as its token tells.
///
/// @param membership what the person is in a workspace, or null
record Session(Principal.User user, @Nullable Membership membership) {

  private static final Pattern SUBJECT = Pattern.compile("(?:user:)?([1-9][0-9]{0,15})");

  /// @param subject `user:<id>`, or the id alone
  /// @param claims of the same token; `oa_workspace_id` and `oa_role` are texts where they are
  ///   there
  /// @throws IllegalArgumentException when the subject is no user or a claim has another form
  static Session of(String subject, Json.Obj claims) {
    Matcher user = SUBJECT.matcher(subject);
    if (!user.matches()) {
      throw new IllegalArgumentException("the subject is no user");
    }
    return new Session(
        new Principal.User(Long.parseLong(user.group(1))),
        membership(text(claims, "oa_workspace_id"), text(claims, "oa_role")));
  }

  private static @Nullable Membership membership(
      @Nullable String workspaceId, @Nullable String role) {
    if (workspaceId == null && role == null) {
      return null;
    }
    if (workspaceId == null) {
      throw new IllegalArgumentException("a role is one in a workspace");
    }
    return new Membership(workspaceId, role == null ? null : Membership.Role.of(role));
  }

  private static @Nullable String text(Json.Obj claims, String name) {
    return switch (claims.get(name)) {
      case null -> null;
      case Json.Null _ -> null;
      case Json.Str(String text) -> text;
      default -> throw new IllegalArgumentException(name + " is no text");
    };
  }
}
