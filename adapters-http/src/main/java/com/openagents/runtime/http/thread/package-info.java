/// The calls about threads.
@NullMarked
package com.openagents.runtime.http.thread;

import org.jspecify.annotations.NullMarked;
