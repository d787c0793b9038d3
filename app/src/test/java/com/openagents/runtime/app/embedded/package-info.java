/// The embedded PostgreSQL, tried with the real binaries.
@NullMarked
package com.openagents.runtime.app.embedded;

import org.jspecify.annotations.NullMarked;
