/// A client of HTTP/1.1 that does no more than it must, so that what is measured is the server.
@NullMarked
package com.openagents.runtime.benchmarks.http;

import org.jspecify.annotations.NullMarked;
