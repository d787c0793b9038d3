package com.openagents.runtime.app.architecture.planted.postgres;

/// What another adapter imports, though it may not.
public record Imported() {}
