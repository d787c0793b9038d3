package com.openagents.runtime.app.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.openagents.runtime.access.Claims.Binding;
import com.openagents.runtime.access.Signer;
import com.openagents.runtime.canon.Digest;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/// One connection that stays open, over which one signed call goes after the other. It does for a
/// call what has to be done and little more. For one thread.
final class SignedConnection implements AutoCloseable {

  private static final String LENGTH = "content-length:";
  private static final String ACCEPTED = "HTTP/1.1 2";

  private final Socket socket;
  private final InputStream answers;
  private final Signer signer;

  SignedConnection(URI service, Signer signer) throws IOException {
    this.socket = new Socket(service.getHost(), service.getPort());
    this.socket.setTcpNoDelay(true);
    this.answers = new BufferedInputStream(socket.getInputStream());
    this.signer = signer;
  }

  /// Posts JSON for the owner of the bench's runs and waits for the answer.
  ///
  /// @throws IOException when it is not a success
  void post(String target, byte[] body) throws IOException {
    Binding binding = new Binding("POST", target, Digest.of(body), null, null, HeldRuns.OWNER);
    String head =
        "POST "
            + target
            + " HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\nX-OA-USER-ID: "
            + HeldRuns.OWNER.id()
            + "\r\n"
            + Signer.HEADER
            + ": "
            + signer.sign(binding, Set.of())
            + "\r\n\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.length);
    request.writeBytes(head.getBytes(ISO_8859_1));
    request.writeBytes(body);
    request.writeTo(socket.getOutputStream());
    readAnswer();
  }

  private void readAnswer() throws IOException {
    String status = line();
    int length = 0;
    for (String field = line(); !field.isEmpty(); field = line()) {
      if (field.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(field.substring(LENGTH.length()).strip());
      }
    }
    byte[] body = answers.readNBytes(length);
    if (!status.startsWith(ACCEPTED)) {
      throw new IOException("a call was refused: " + status + " " + new String(body, ISO_8859_1));
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = answers.read(); next != '\n'; next = answers.read()) {
      if (next < 0) {
        throw new EOFException("the service ended a connection");
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
