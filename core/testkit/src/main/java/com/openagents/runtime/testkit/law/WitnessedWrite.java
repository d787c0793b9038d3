package com.openagents.runtime.testkit.law;

import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;

/// A write as the store applied it, seen from beside the store.
public record WitnessedWrite(Append append, Appended.Written outcome) {}
