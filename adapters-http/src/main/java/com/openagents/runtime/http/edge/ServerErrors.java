package com.openagents.runtime.http.edge;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.identity.Ids;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Answers in the service's form what the server itself refuses, such as a request that is no HTTP
/// or whose headers are too large.
final class ServerErrors implements Request.Handler {

  private final Ids ids;

  ServerErrors(Ids ids) {
    this.ids = ids;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Object thrown = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
    int status = thrown instanceof HttpException http ? http.getCode() : response.getStatus();
    String requestId = ids.next().toString();
    String text = CanonicalJson.write(Refusing.problem(status).json(requestId));
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(Refusing.problem(status).code().status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put(Parameter.REQUEST_ID.name(), requestId);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
