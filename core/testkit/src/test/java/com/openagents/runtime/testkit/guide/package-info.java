/// The examples of docs/testing-your-agent.md.
@NullMarked
package com.openagents.runtime.testkit.guide;

import org.jspecify.annotations.NullMarked;
