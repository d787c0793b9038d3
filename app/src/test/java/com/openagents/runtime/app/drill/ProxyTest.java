package com.openagents.runtime.app.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProxyTest {

  private static final int MOMENT_MILLIS = 200;
  private static final int PATIENCE_MILLIS = 30_000;

  private final ServerSocket server;
  private final Proxy proxy;
  private Socket near = new Socket();
  private Socket far = new Socket();

  ProxyTest() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    proxy =
        new Proxy(() ->
            Optional.of(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort())));
  }

  @BeforeEach
  void connect() throws IOException {
    near = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    far = server.accept();
    near.setSoTimeout(PATIENCE_MILLIS);
    far.setSoTimeout(PATIENCE_MILLIS);
  }

  @AfterEach
  void close() throws IOException {
    near.close();
    far.close();
    proxy.close();
    server.close();
  }

  @Test
  void passes_both_ways() throws IOException {
    near.getOutputStream().write(1);
    assertThat(far.getInputStream().read()).isEqualTo(1);
    far.getOutputStream().write(2);
    assertThat(near.getInputStream().read()).isEqualTo(2);
  }

  @Test
  void a_cut_is_noticed_at_both_ends() throws IOException {
    assertThat(proxy.cut()).isEqualTo(1);
    assertThat(ended(near)).isTrue();
    assertThat(ended(far)).isTrue();
  }

  @Test
  void what_is_sent_while_it_is_stopped_comes_later() throws IOException {
    proxy.stop();
    near.getOutputStream().write(3);
    far.setSoTimeout(MOMENT_MILLIS);
    assertThatThrownBy(() -> far.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    proxy.go();
    far.setSoTimeout(PATIENCE_MILLIS);
    assertThat(far.getInputStream().read()).isEqualTo(3);
  }

  private static boolean ended(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }
}
