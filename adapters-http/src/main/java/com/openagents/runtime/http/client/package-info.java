/// The Java client of the internal API: signed, resuming, retrying only what is idempotent.
@NullMarked
package com.openagents.runtime.http.client;

import org.jspecify.annotations.NullMarked;
