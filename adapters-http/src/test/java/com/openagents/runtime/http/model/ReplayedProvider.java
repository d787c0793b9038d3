package com.openagents.runtime.http.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/// A provider on a local socket that answers each request with the next thing that it was told, the
/// last one for ever. What it answers is bytes, so it can break every rule of HTTP.
final class ReplayedProvider implements AutoCloseable {

  /// What is done to a connection once its request was read.
  @FunctionalInterface
  interface Reply {
    void send(OutputStream out) throws IOException, InterruptedException;
  }

  /// @param head the request line and headers, lines ended by `\n`
  record Request(String head, String body) {
    String header(String name) {
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  private final ServerSocket server;
  private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final CountDownLatch hungUp = new CountDownLatch(1);

  ReplayedProvider(Reply... replies) {
    this.replies.addAll(List.of(replies));
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /// Tells what to answer after all that was told before.
  void then(Reply reply) {
    replies.add(reply);
  }

  URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
  }

  int requestsSoFar() {
    return requests.size();
  }

  Request takeRequest() throws InterruptedException {
    return requests.take();
  }

  /// Waits until a client has closed a connection on which it was owed more.
  void awaitHangUp() throws InterruptedException {
    hungUp.await();
  }

  /// A whole answer, a chunk of the transfer coding for each line.
  static Reply streamed(String body) {
    return out -> {
      out.write(head(200, "Content-Type: text/event-stream; charset=utf-8"));
      for (String line : body.split("(?<=\n)", -1)) {
        chunk(out, line);
      }
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    };
  }

  /// The beginning of an answer, and then the end of the connection.
  static Reply cutOffAfter(String body) {
    return out -> {
      out.write(head(200, "Content-Type: text/event-stream"));
      chunk(out, body);
      out.write("400\r\nhalf of what was".getBytes(StandardCharsets.US_ASCII));
    };
  }

  /// The beginning of an answer, and then nothing for ever.
  Reply silentAfter(String body) {
    return out -> {
      out.write(head(200, "Content-Type: text/event-stream"));
      chunk(out, body);
      out.flush();
      hungUp.await();
    };
  }

  static Reply status(int status, String headers, String body) {
    return out -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      String more = headers.isEmpty() ? "" : headers + "\r\n";
      out.write(head(status, more + "Content-Length: " + bytes.length, false));
      out.write(bytes);
    };
  }

  /// What a real server answered, with the boundaries of its chunks.
  static Reply recorded(String name) {
    return Recording.of(name).asItCame();
  }

  /// The body of an answer in the shape that a known provider sends, written by hand.
  static String modelled(String name) {
    try (InputStream in = ReplayedProvider.class.getResourceAsStream("/model/" + name + ".sse")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] head(int status, String headers) {
    return head(status, headers, true);
  }

  private static byte[] head(int status, String headers, boolean chunked) {
    String text =
        "HTTP/1.1 "
            + status
            + " Whatever\r\n"
            + headers
            + "\r\n"
            + (chunked ? "Transfer-Encoding: chunked\r\n" : "")
            + "Connection: close\r\n"
            + "\r\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void chunk(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0) {
      out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(bytes);
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      requests.add(read(in));
      Thread.ofVirtual().start(() -> watch(in));
      Reply reply = replies.size() > 1 ? replies.remove() : replies.element();
      reply.send(socket.getOutputStream());
      socket.getOutputStream().flush();
    } catch (IOException e) {
      hungUp.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(InputStream in) {
    try {
      if (in.read() < 0) {
        hungUp.countDown();
      }
    } catch (IOException e) {
      hungUp.countDown();
    }
  }

  private static Request read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\n\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("the client left");
      }
      if (b != '\r') {
        head.append((char) b);
      }
    }
    Request request = new Request(head.toString(), "");
    byte[] body = in.readNBytes(Integer.parseInt(request.header("content-length")));
    return new Request(head.toString(), new String(body, StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    hungUp.countDown();
    server.close();
  }
}
