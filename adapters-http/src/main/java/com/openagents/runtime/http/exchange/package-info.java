/// A call of the service as its operations see it: what it asks, who asks, and how it is answered.
@NullMarked
package com.openagents.runtime.http.exchange;

import org.jspecify.annotations.NullMarked;
