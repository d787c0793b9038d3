package com.openagents.runtime.benchmarks.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One connection over which one request after the other is sent. For one thread at a time.
///
/// A server that closes it, or that answers with anything but a length or chunks, is an error.
public final class KeptConnection implements AutoCloseable {

  private static final int UNKNOWN = -1;
  private static final int PATIENCE_MS = 60_000;

  private final String host;
  private final Socket socket = new Socket();
  private final InputStream in;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
  private final StringBuilder line = new StringBuilder(128);

  /// @param server scheme, host and port
  public KeptConnection(URI server) {
    host = server.getAuthority();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MS);
      socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
      in = new BufferedInputStream(socket.getInputStream(), 16_384);
    } catch (IOException e) {
      throw new UncheckedIOException("no connection to " + server, e);
    }
  }

  public Answer get(String target) {
    return exchange("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n", "X-OA-USER-ID: 1", "");
  }

  /// @param json the body
  public Answer post(String target, String json) {
    return post(target, json, "*/*");
  }

  /// @param json the body
  /// @param accept the type that is asked for
  public Answer post(String target, String json, String accept) {
    return exchange(
        "POST " + target + " HTTP/1.1\r\nHost: " + host + "\r\nAccept: " + accept + "\r\n",
        "X-OA-USER-ID: 1\r\nContent-Type: application/json\r\nContent-Length: "
            + json.getBytes(StandardCharsets.UTF_8).length,
        json);
  }

  private Answer exchange(String start, String headers, String content) {
    try {
      byte[] request = (start + headers + "\r\n\r\n" + content).getBytes(StandardCharsets.UTF_8);
      socket.getOutputStream().write(request);
      return answer();
    } catch (IOException e) {
      throw new UncheckedIOException("the server let the connection go", e);
    }
  }

  private Answer answer() throws IOException {
    int status = Integer.parseInt(line().substring("HTTP/1.1 ".length()).substring(0, 3));
    int length = UNKNOWN;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
    }
    body.reset();
    if (chunked) {
      readChunks();
    } else if (status != 204) {
      read(known(length));
    }
    return new Answer(status, body.toString(StandardCharsets.UTF_8));
  }

  private static int known(int length) throws IOException {
    if (length == UNKNOWN) {
      throw new IOException("an answer that only the end of the connection would end");
    }
    return length;
  }

  private void readChunks() throws IOException {
    for (int size = chunk(); size > 0; size = chunk()) {
      read(size);
      line();
    }
    line();
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private void read(int bytes) throws IOException {
    byte[] read = in.readNBytes(bytes);
    if (read.length < bytes) {
      throw new EOFException("the connection ended within an answer");
    }
    body.write(read, 0, bytes);
  }

  private String line() throws IOException {
    line.setLength(0);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended within an answer");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
