package com.openagents.runtime.http.oidc;

import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.ISSUER_AWAY;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.MALFORMED;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.UNKNOWN_KEY;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.WRONG_HEADER;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.WRONG_SIGNATURE;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.JsonRefused;
import com.openagents.runtime.http.oidc.IdentityVerdict.Refused;
import com.openagents.runtime.http.oidc.IssuerKeys.Found;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decides which service an identity token names.
///
/// The order of the checks is part of the contract: length and form, header, key, signature,
/// claims, and last whether the service may call, so that a service that is told so is the one it
/// claims to be. Nothing in a token says where a key is found. Thread-safe.
public final class IdentityTokens {

  static final int LENGTH_MAX = 8192;

  private static final Pattern FORM = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

  /// Of tokens that say who somebody is; others, such as a logout's, are made for something else.
  private static final Set<JOSEObjectType> TYPES =
      Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));

  /// What would change how a token is read, or bring a key along.
  private static final Set<String> NOT_GRANTED = Set.of("crit", "b64", "jku", "jwk", "x5u", "x5c");

  private final IssuerKeys keys;
  private final IdentityClaims claims;

  public IdentityTokens(TrustedIssuer issuer, IssuerKeys keys, InstantSource clock) {
    this.keys = keys;
    this.claims = new IdentityClaims(issuer, clock);
  }

  /// May wait for the issuer, a few seconds at most, when the token's key is not known yet.
  public IdentityVerdict verify(String token) {
    JWSObject jws = parsed(token);
    if (jws == null) {
      return new Refused(MALFORMED);
    }
    JWSHeader header = jws.getHeader();
    if (!isGranted(header)) {
      return new Refused(WRONG_HEADER);
    }
    String keyId = header.getKeyID();
    if (keyId == null) {
      return new Refused(UNKNOWN_KEY);
    }
    return switch (keys.find(keyId, header.getAlgorithm())) {
      case Found.Key(JWSVerifier key) when isSigned(jws, key) ->
          claims.verdict(jws.getPayload().toBytes());
      case Found.Key _ -> new Refused(WRONG_SIGNATURE);
      case Found.Unknown _ -> new Refused(UNKNOWN_KEY);
      case Found.Unreadable _ -> new Refused(ISSUER_AWAY);
    };
  }

  private static @Nullable JWSObject parsed(String token) {
    try {
      return token.length() <= LENGTH_MAX && FORM.matcher(token).matches()
          ? JWSObject.parse(token)
          : null;
    } catch (ParseException _) {
      return null;
    }
  }

  private static boolean isGranted(JWSHeader header) {
    return ALGORITHMS.contains(header.getAlgorithm())
        && (header.getType() == null || TYPES.contains(header.getType()))
        && Collections.disjoint(names(header), NOT_GRANTED);
  }

  /// As they stand there: the library forgets a few that are empty.
  private static Set<String> names(JWSHeader header) {
    try {
      return JsonReader.read(header.getParsedBase64URL().decode()) instanceof Json.Obj fields
          ? fields.fields().keySet()
          : NOT_GRANTED;
    } catch (JsonRefused _) {
      return NOT_GRANTED;
    }
  }

  private static boolean isSigned(JWSObject jws, JWSVerifier key) {
    try {
      return jws.verify(key);
    } catch (JOSEException _) {
      return false;
    }
  }
}
