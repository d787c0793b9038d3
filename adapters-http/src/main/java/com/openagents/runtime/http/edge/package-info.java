/// The server: Jetty and Javalin, set up from routes, with limits before anything is parsed and one
/// form for every refusal.
@NullMarked
package com.openagents.runtime.http.edge;

import org.jspecify.annotations.NullMarked;
