package com.openagents.runtime.access;

import com.openagents.runtime.access.Claims.Binding;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.JsonRefused;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The JSON of claims. A claim that is not known is refused rather than ignored: it may have been
/// meant as a restriction.
final class ClaimsForm {

  private static final Set<String> KNOWN =
      Set.of(
          "iat",
          "exp",
          "nonce",
          "kid",
          "method",
          "path",
          "bodySha256",
          "runId",
          "threadId",
          "userId",
          "guestScope",
          "roles",
          "workspaceId",
          "workspaceRole");
  private static final double WHOLE_MAX = 9_007_199_254_740_991d;
  private static final Pattern NONCE = Pattern.compile("[!-~]{1,128}");

  private final Json.Obj claims;

  private ClaimsForm(Json.Obj claims) {
    this.claims = claims;
  }

  static Json.Obj write(Claims claims) {
    Binding bound = claims.binding();
    Json.Builder json =
        Json.object()
            .put("iat", claims.issuedAt().getEpochSecond())
            .put("exp", claims.expiresAt().getEpochSecond())
            .put("nonce", claims.nonce())
            .put("kid", claims.keyId())
            .put("method", bound.method())
            .put("path", bound.target())
            .put("bodySha256", bound.body().hex())
            .put("runId", bound.runId() == null ? null : bound.runId().toString())
            .put("threadId", bound.threadId() == null ? null : bound.threadId().value());
    switch (bound.principal()) {
      case null -> {}
      case Principal.User(long id) -> json.put("userId", id);
      case Principal.Guest(String scope) -> json.put("guestScope", scope);
    }
    if (!claims.roles().isEmpty()) {
      json.put("roles", Json.array(claims.roles().stream().sorted().map(Json::of).toList()));
    }
    membership(claims.membership(), json);
    return json.build();
  }

  private static void membership(@Nullable Membership membership, Json.Builder json) {
    if (membership != null) {
      Membership.Role role = membership.role();
      json.put("workspaceId", membership.workspaceId())
          .put("workspaceRole", role == null ? null : role.wireName());
    }
  }

  /// Reads claims, or nothing when they are not well formed.
  static Optional<Claims> read(byte[] utf8) {
    try {
      return JsonReader.read(utf8) instanceof Json.Obj object
              && KNOWN.containsAll(object.fields().keySet())
          ? Optional.of(new ClaimsForm(object).claims())
          : Optional.empty();
    } catch (JsonRefused | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Claims claims() {
    String nonce = text("nonce");
    if (!NONCE.matcher(nonce).matches()) {
      throw new IllegalArgumentException("nonce");
    }
    return new Claims(
        second("iat"), second("exp"), nonce, text("kid"), binding(), roles(), membership());
  }

  private Binding binding() {
    String runId = optionalText("runId");
    String threadId = optionalText("threadId");
    return new Binding(
        text("method"),
        text("path"),
        new Digest(text("bodySha256")),
        runId == null ? null : RunId.parse(runId),
        threadId == null ? null : new ThreadId(threadId),
        principal());
  }

  private @Nullable Principal principal() {
    Json userId = claims.get("userId");
    String guestScope = optionalText("guestScope");
    if (userId != null && guestScope != null) {
      throw new IllegalArgumentException("one principal");
    }
    if (userId != null) {
      return new Principal.User(whole(userId));
    }
    return guestScope == null ? null : new Principal.Guest(guestScope);
  }

  private @Nullable Membership membership() {
    String workspaceId = optionalText("workspaceId");
    String role = optionalText("workspaceRole");
    if (workspaceId == null && role == null) {
      return null;
    }
    if (workspaceId == null || principal() == null) {
      throw new IllegalArgumentException("a role is somebody's, in a workspace");
    }
    return new Membership(workspaceId, role == null ? null : Membership.Role.of(role));
  }

  private Set<String> roles() {
    Json given = claims.get("roles");
    if (given == null) {
      return Set.of();
    }
    if (!(given instanceof Json.Arr(var items))) {
      throw new IllegalArgumentException("roles");
    }
    Set<String> roles = new HashSet<>();
    for (Json item : items) {
      roles.add(string(item));
    }
    return roles;
  }

  private Instant second(String name) {
    return Instant.ofEpochSecond(whole(claims.get(name)));
  }

  private String text(String name) {
    return string(claims.get(name));
  }

  private @Nullable String optionalText(String name) {
    Json value = claims.get(name);
    return value == null ? null : string(value);
  }

  private static String string(@Nullable Json value) {
    if (value instanceof Json.Str(String text)) {
      return text;
    }
    throw new IllegalArgumentException("not a text");
  }

  private static long whole(@Nullable Json value) {
    if (value instanceof Json.Num(double number)
        && number == Math.rint(number)
        && Math.abs(number) <= WHOLE_MAX) {
      return (long) number;
    }
    throw new IllegalArgumentException("not a whole number");
  }
}
