package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.log.Ageing;
import com.openagents.runtime.log.EventLog;

/// Those ports of a store that a bug may be put in front of.
public record StoreParts(EventLog log, Ageing ageing) {}
