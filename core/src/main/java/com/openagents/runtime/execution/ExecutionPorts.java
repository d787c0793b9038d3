package com.openagents.runtime.execution;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.log.Blobs;
import com.openagents.runtime.log.Checkpoints;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.ThreadLog;
import com.openagents.runtime.model.Models;
import java.time.InstantSource;

/// What executing needs of the world.
///
/// @param clock the node's clock; only differences matter, so it may be wrong
public record ExecutionPorts(
    EventLog log,
    ThreadLog threads,
    Checkpoints checkpoints,
    Blobs blobs,
    Models models,
    AgentPrograms programs,
    InstantSource clock,
    ExecutorSettings settings) {}
