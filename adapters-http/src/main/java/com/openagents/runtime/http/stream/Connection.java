package com.openagents.runtime.http.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletApiRequest;

/// The connection of a request: what can be written to it, and its end without a word.
///
/// @param breaking closes the socket; found while the request is there, which the server takes back
///   when the answer has ended
record Connection(HttpServletResponse response, Runnable breaking) {

  /// @param request whose answer is not complete
  static Connection of(HttpServletRequest request, HttpServletResponse response) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    if (!(inner instanceof ServletApiRequest jetty)) {
      throw new IllegalStateException("the server is Jetty");
    }
    var socket = jetty.getRequest().getConnectionMetaData().getConnection().getEndPoint();
    return new Connection(response, socket::close);
  }

  ServletOutputStream out() throws IOException {
    return response.getOutputStream();
  }

  /// Closes the socket in mid-response, which no reader takes for the end of a stream.
  void breakOff() {
    breaking.run();
  }
}
