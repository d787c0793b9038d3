package com.openagents.runtime.app.architecture.planted.http;

import com.openagents.runtime.app.architecture.planted.postgres.Imported;

/// An adapter that imports another, for the test of the rule against it.
public record Importing(Imported other) {}
