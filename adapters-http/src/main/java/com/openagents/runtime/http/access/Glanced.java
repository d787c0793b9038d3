package com.openagents.runtime.http.access;

import org.jspecify.annotations.Nullable;

/// A credential of which everything was proven that needs no look at the rest of the request.
///
/// @param signature the signature's header as sent, or null where none is asked for
/// @param service the service that calls, as its identity token names it, or null where none is
///   asked for
public record Glanced(@Nullable String signature, @Nullable String service) {}
