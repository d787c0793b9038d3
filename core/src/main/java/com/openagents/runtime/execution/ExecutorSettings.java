package com.openagents.runtime.execution;

import com.openagents.runtime.identity.NodeId;
import java.time.Duration;

/// How this node executes.
///
/// @param node the name under which it holds leases
/// @param leaseTtl how long a lease lasts unless it is renewed
public record ExecutorSettings(NodeId node, Duration leaseTtl, Limits limits) {}
