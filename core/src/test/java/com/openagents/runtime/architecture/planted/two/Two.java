package com.openagents.runtime.architecture.planted.two;

import com.openagents.runtime.architecture.planted.one.One;

/// The other half of a cycle.
public record Two(One one) {}
