package com.openagents.runtime.app.hostile;

import com.openagents.runtime.access.Claims.Binding;
import com.openagents.runtime.access.Signer;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;

/// What attackers know of the service: where it listens, and, those who are let in, how to sign and
/// which runs are theirs. Thread-safe.
///
/// @param busy a run with a long log, to which something is said all the time
/// @param dump a run that takes whatever is sent to it
record Quarry(URI service, Signer signer, RunId busy, RunId dump) {

  static final Principal.User ATTACKER = new Principal.User(666);
  static final String RUNS = "/internal/v1/runs";
  static final String POST_RUN = "POST " + RUNS + " HTTP/1.1\r\n";
  static final String HOST = "Host: 127.0.0.1\r\n";
  static final String JSON = "Content-Type: application/json\r\n";

  private static final byte[] NOTHING = {};

  InetSocketAddress address() {
    return new InetSocketAddress(service.getHost(), service.getPort());
  }

  static String path(RunId runId) {
    return RUNS + "/" + runId;
  }

  /// Request line and headers of a call that takes no body, as the attacker may make it.
  String get(String target) {
    return "GET " + target + " HTTP/1.1\r\n" + HOST + signature("GET", target, NOTHING) + "\r\n";
  }

  /// Request line and headers of a call, without the empty line behind them.
  String post(String target, byte[] body) {
    return "POST " + target + " HTTP/1.1\r\n" + HOST + JSON + signature("POST", target, body);
  }

  String signature(String method, String target, byte[] body) {
    Binding binding = new Binding(method, target, Digest.of(body), null, null, ATTACKER);
    return "X-OA-USER-ID: "
        + ATTACKER.id()
        + "\r\n"
        + Signer.HEADER
        + ": "
        + signer.sign(binding, Set.of())
        + "\r\n";
  }
}
