package com.openagents.runtime.http;

import com.openagents.runtime.http.Documented.Given;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A connection on which anything can be sent, also what is no HTTP.
final class RawConnection implements AutoCloseable {

  /// Small, so that a reader that takes nothing is soon felt by the server.
  private static final int RECEIVE_BUFFER = 4_096;

  /// Less than an idle connection is left open: a server that does nothing about one fails the
  /// test.
  private static final int SILENCE_MAX_MILLIS = 20_000;

  private final Service service;
  private final Socket socket;
  private String requestLine = "";

  RawConnection(Service service) throws IOException {
    this.service = service;
    socket = new Socket();
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    socket.setSoTimeout(SILENCE_MAX_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
  }

  RawConnection send(String text) throws IOException {
    requestLine = requestLine.isEmpty() ? text.lines().findFirst().orElse("") : requestLine;
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /// Everything that comes until the server closes the connection, however it does. A whole answer
  /// is held against the OpenAPI document.
  String rest() throws IOException {
    StringBuilder rest = new StringBuilder();
    InputStream in = socket.getInputStream();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        rest.append((char) b);
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // A connection that is reset has said what it had to say.
    }
    RawReply.whole(rest.toString()).ifPresent(this::check);
    return rest.toString();
  }

  private void check(RawReply reply) {
    String[] line = requestLine.split(" ", -1);
    String target = line.length > 1 ? line[1] : "";
    Documented.of(service)
        .check(new Given(line[0], target, reply.status(), reply::header), reply.text());
  }

  InputStream in() throws IOException {
    return socket.getInputStream();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
