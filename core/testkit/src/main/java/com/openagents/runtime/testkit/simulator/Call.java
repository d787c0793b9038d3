package com.openagents.runtime.testkit.simulator;

/// A call of a port, as a fault is chosen for it.
///
/// @param number how many calls any node has made before, and this one
/// @param what the port and what is asked of it
/// @param ofStore whether the port is one of the store, which may be unavailable
public record Call(long number, String node, String what, boolean ofStore) {}
