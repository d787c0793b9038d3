/// What must hold of runs whatever happened to their executors: laws, and the evidence they read.
@NullMarked
package com.openagents.runtime.testkit.law;

import org.jspecify.annotations.NullMarked;
