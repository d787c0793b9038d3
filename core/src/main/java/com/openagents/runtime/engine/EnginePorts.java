package com.openagents.runtime.engine;

import com.openagents.runtime.execution.ExecutionPorts;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunIndex;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// What a node is made of.
///
/// @param execution what executing needs; its log must be the one that rings, see [Bell]
/// @param heartbeatLog over connections that no other work can starve
/// @param executor runs one task for each execution; virtual threads are meant
/// @param timebox for the first step of a run, which a caller waits for
/// @param pause blocks the task that calls it; virtual time advances instead
/// @param executingMax how many runs the node carries out at once
public record EnginePorts(
    ExecutionPorts execution,
    EventLog heartbeatLog,
    RunIndex index,
    ChangeFeed feed,
    Executor executor,
    Timebox timebox,
    Consumer<Duration> pause,
    int executingMax) {}
