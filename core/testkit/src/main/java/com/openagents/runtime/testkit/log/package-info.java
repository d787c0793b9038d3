/// The contract suites of the store's ports: each law of a port is a test of the same name.
///
/// An adapter extends a suite, or [WholeStore] with all of them, and supplies a fixture, nothing
/// else. A suite never skips; an adapter that lacks a port does not extend its suite.
@NullMarked
package com.openagents.runtime.testkit.log;

import org.jspecify.annotations.NullMarked;
