package com.openagents.runtime.http.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletApiRequest;

/// The connection of a request: what can be written to it, and its end without a word.
record Connection(HttpServletRequest request, HttpServletResponse response) {

  ServletOutputStream out() throws IOException {
    return response.getOutputStream();
  }

  /// Closes the socket in mid-response, which no reader takes for the end of a stream.
  void breakOff() {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    if (!(inner instanceof ServletApiRequest jetty)) {
      throw new IllegalStateException("the server is Jetty");
    }
    jetty.getRequest().getConnectionMetaData().getConnection().getEndPoint().close();
  }
}
