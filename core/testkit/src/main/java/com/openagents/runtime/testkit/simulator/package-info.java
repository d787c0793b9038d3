/// Several nodes in one process, run in lockstep under a seed: control changes hands at every call
/// of a port, where nodes crash, freeze, or hear no answer.
///
/// The nodes are the real runtime over the real in-memory store; only time, threads and luck are in
/// the simulator's hands. A failure names its seed, and is told by the schedule of a smaller play
/// that breaks the same law; [com.openagents.runtime.testkit.simulator.Simulate] plays many.
@NullMarked
package com.openagents.runtime.testkit.simulator;

import org.jspecify.annotations.NullMarked;
