package com.openagents.runtime.http.access;

import static com.openagents.runtime.http.exchange.ProblemCode.FORBIDDEN;
import static com.openagents.runtime.http.exchange.ProblemCode.OVERLOADED;
import static com.openagents.runtime.http.exchange.ProblemCode.UNAUTHORIZED;

import com.openagents.runtime.access.Caller;
import com.openagents.runtime.access.Presented;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.oidc.IdentityTokens;
import com.openagents.runtime.http.oidc.IdentityVerdict;
import com.openagents.runtime.http.oidc.IdentityVerdict.Proven;
import com.openagents.runtime.http.oidc.IdentityVerdict.Reason;
import com.openagents.runtime.http.oidc.IdentityVerdict.Refused;
import com.openagents.runtime.http.oidc.IdentityWatch;
import java.time.Duration;
import java.util.List;

/// Believes callers that another way of telling believes, if an identity token also proves which
/// service they are.
///
/// The token is looked at behind the signature and before the body and the nonce: who cannot sign
/// costs no work on tokens, and who has no token uses no nonce up.
public final class IdentifiedCallers implements Authentication {

  private static final String SCHEME = "Bearer ";
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Authentication callers;
  private final IdentityTokens tokens;
  private final IdentityWatch watch;

  public IdentifiedCallers(Authentication callers, IdentityTokens tokens, IdentityWatch watch) {
    this.callers = callers;
    this.tokens = tokens;
    this.watch = watch;
  }

  @Override
  public Glanced glance(Credential credential) {
    Glanced glanced = callers.glance(credential);
    return switch (verdict(credential.authorizations())) {
      case Proven(String subject) -> new Glanced(glanced.signature(), subject);
      case Refused(Reason why) -> {
        watch.refused(why);
        throw problem(why);
      }
    };
  }

  private IdentityVerdict verdict(List<String> authorizations) {
    if (authorizations.isEmpty()) {
      return new Refused(Reason.MISSING);
    }
    String header = authorizations.getFirst();
    boolean bearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return bearer && authorizations.size() == 1
        ? tokens.verify(header.substring(SCHEME.length()))
        : new Refused(Reason.MALFORMED);
  }

  /// As RFC 6750 has it: a caller without a token is told only how to bring one.
  private static Problem problem(Reason why) {
    return switch (why) {
      case SUBJECT_NOT_ALLOWED -> new Problem(FORBIDDEN, why.message());
      case ISSUER_AWAY -> new Problem(OVERLOADED, why.message()).retryAfter(PAUSE);
      case MISSING -> new Problem(UNAUTHORIZED, why.message()).challenge("Bearer");
      default ->
          new Problem(UNAUTHORIZED, why.message())
              .challenge(
                  "Bearer error=\"invalid_token\", error_description=\"" + why.message() + "\"");
    };
  }

  @Override
  public Caller caller(Glanced glanced, Presented request) {
    return callers.caller(glanced, request).from(glanced.service());
  }

  @Override
  public void admit(Caller caller, Guard guard) {
    callers.admit(caller, guard);
  }

  @Override
  public boolean trusting() {
    return callers.trusting();
  }
}
