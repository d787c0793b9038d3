package com.openagents.runtime.http;

import com.openagents.runtime.access.Claims.Binding;
import com.openagents.runtime.access.Signer;
import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.http.Subject.Row;
import com.openagents.runtime.http.exchange.Contract.JsonBody;
import com.openagents.runtime.http.exchange.Contract.RawBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The rows that follow from the body that a call takes, or does not take.
record BadBodies(Subject subject) {

  private static final String BAD = "400 invalid_request";
  private static final String TYPE = "415 unsupported_media_type";

  Stream<Row> rows() {
    List<Row> rows = new ArrayList<>();
    switch (subject.route().contract().body()) {
      case null -> {
        rows.add(sent("a body", "{}", subject.caller(), BAD));
        rows.add(sent("a byte", "x", subject.caller().with("Content-Type", "text/plain"), BAD));
      }
      case JsonBody(_, boolean required) -> {
        types(rows);
        for (String text : List.of("[]", "{", "null", "{} {}", "<xml/>", "{'a': 1}")) {
          rows.add(sent("the body " + text, text, subject.caller(), BAD, ""));
        }
        if (required) {
          rows.add(sent("no body", "", subject.caller(), BAD));
        }
      }
      case RawBody _ -> types(rows);
    }
    return rows.stream();
  }

  private void types(List<Row> rows) {
    for (String type : List.of("text/plain", "x", "multipart/form-data", "application/json-seq")) {
      rows.add(sent("as " + type, "{}", subject.caller().with("Content-Type", type), TYPE));
    }
    for (String coding : List.of("gzip", "br", "identity, gzip")) {
      Client coded = subject.caller().with("Content-Encoding", coding);
      rows.add(sent("coded as " + coding, "{}", coded, TYPE));
    }
  }

  private Row sent(String what, String text, Client client, String refusal, String... paths) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String method = subject.route().method().name();
    return subject.row(what, () -> client.send(method, subject.target(), bytes), refusal, paths);
  }

  /// A request that announces one byte too many, to be sent as it is.
  String oversized(int bodyBytesMax) {
    boolean raw = subject.route().contract().body() instanceof RawBody;
    String type = raw ? "application/x-ndjson" : "application/json";
    int most =
        subject.route().contract().body() instanceof RawBody(_, int bytesMax)
            ? bytesMax
            : bodyBytesMax;
    Service service = subject.service();
    Binding binding =
        new Binding("POST", subject.target(), Digest.of(new byte[0]), null, null, null);
    String signature =
        new Signer(SigningKeys.parse(Service.KEYS), service.clock(), service.ids())
            .sign(binding, Set.of());
    return "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\n%s: %s\r\nContent-Length: %d\r\n\r\n"
        .formatted(subject.target(), type, Signer.HEADER, signature, most + 1);
  }
}
