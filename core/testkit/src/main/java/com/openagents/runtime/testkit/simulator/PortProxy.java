package com.openagents.runtime.testkit.simulator;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// Puts something in front of the methods of a port.
public final class PortProxy {

  private PortProxy() {}

  /// What is done instead of a call.
  @FunctionalInterface
  public interface Around {
    @Nullable Object call(String method, Object[] arguments, Honest honest);
  }

  /// What is done instead of a call of one method.
  @FunctionalInterface
  public interface Instead {
    @Nullable Object call(Object[] arguments, Honest honest);
  }

  /// The method that was called, with whatever arguments.
  @FunctionalInterface
  public interface Honest {
    @Nullable Object call(Object... arguments);
  }

  /// @param port an interface
  public static <P> P of(Class<P> port, P honest, Around around) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) ->
                around.call(
                    method.getName(),
                    arguments == null ? new Object[0] : arguments,
                    others -> invoke(method, honest, others))));
  }

  /// Changes one method, under all of its forms.
  public static <P> P of(Class<P> port, P honest, String method, Instead instead) {
    return of(
        port,
        honest,
        (called, arguments, call) ->
            called.equals(method) ? instead.call(arguments, call) : call.call(arguments));
  }

  private static @Nullable Object invoke(Method method, Object port, Object... arguments) {
    try {
      return method.invoke(port, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
