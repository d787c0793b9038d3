package com.openagents.runtime.http;

import com.openagents.runtime.access.Claims.Binding;
import com.openagents.runtime.access.Signer;
import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.http.Subject.Row;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.identity.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The rows that follow from who may make a call.
record BadSenders(Subject subject) {

  private static final String WHO = "401 unauthorized";
  private static final String NOT_THIS = "403 forbidden";

  Stream<Row> rows() {
    Guard guard = subject.route().guard();
    if (!guard.signed()) {
      return Stream.of();
    }
    List<Row> rows = new ArrayList<>();
    Client good = subject.caller();
    rows.add(row("without a signature", good.with(Signer.HEADER, ""), WHO));
    rows.add(row("with half a signature", good.with(Signer.HEADER, "v1.e30"), WHO));
    rows.add(row("with a made up signature", good.with(Signer.HEADER, Forgery.of("{}")), WHO));
    rows.add(
        row("signed for another call", signedFor("/internal/v1/other", new byte[0]), NOT_THIS));
    rows.add(row("signed with another body", signedFor(subject.target(), new byte[1]), NOT_THIS));
    rows.add(row("for somebody unclaimed", good.as(null).with("X-OA-USER-ID", "2"), NOT_THIS));
    if (guard == Guard.OPERATOR) {
      rows.add(row("without the role", good.as(new Principal.User(1)).user(), NOT_THIS));
    } else {
      rows.add(row("for nobody", good.as(null), WHO));
    }
    if (guard == Guard.PRINCIPAL || guard == Guard.SESSION) {
      rows.add(row("by an operator for nobody", good.as(null).operator(), WHO));
    }
    return rows.stream();
  }

  private Row row(String what, Client client, String refusal) {
    return subject.row(what, () -> subject.send(client, subject.target()), refusal);
  }

  private Client signedFor(String target, byte[] body) {
    Principal user = new Principal.User(1);
    Binding binding =
        new Binding(subject.route().method().name(), target, Digest.of(body), null, null, user);
    Service service = subject.service();
    String header =
        new Signer(SigningKeys.parse(Service.KEYS), service.clock(), service.ids())
            .sign(binding, Set.of("operator"));
    return subject.caller().as(user).with(Signer.HEADER, header);
  }
}
