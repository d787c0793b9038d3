package com.openagents.runtime.access;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a principal was proven to be in a workspace of the product.
///
/// @param workspaceId 1 to 128 visible ASCII characters
/// @param role null where a proof names the workspace alone
public record Membership(String workspaceId, @Nullable Role role) {

  private static final Pattern WORKSPACE = Pattern.compile("[!-~]{1,128}");

  public Membership {
    if (!WORKSPACE.matcher(workspaceId).matches()) {
      throw new IllegalArgumentException("a workspace's id has 1 to 128 visible ASCII characters");
    }
  }

  /// The closed vocabulary of roles in a workspace.
  public enum Role {
    MEMBER,
    ADMIN,
    OWNER;

    /// The form on the wire: `member`.
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Reads what [#wireName] writes.
    ///
    /// @throws IllegalArgumentException when the text is no role
    public static Role of(String wireName) {
      for (Role role : values()) {
        if (role.wireName().equals(wireName)) {
          return role;
        }
      }
      throw new IllegalArgumentException("a role is member, admin or owner");
    }
  }
}
