/// What every way to ask a language model must promise, as a suite to extend.
@NullMarked
package com.openagents.runtime.testkit.model;

import org.jspecify.annotations.NullMarked;
