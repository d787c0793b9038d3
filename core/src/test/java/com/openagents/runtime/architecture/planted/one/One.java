package com.openagents.runtime.architecture.planted.one;

import com.openagents.runtime.architecture.planted.two.Two;

/// One half of a cycle.
public record One(Two two) {}
