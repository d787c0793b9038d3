package com.openagents.runtime.app.cli;

import picocli.CommandLine.Command;

/// What can be done about the tokens of clients.
@Command(
    name = "token",
    description = "Make the keys of clients' tokens, and take tokens back.",
    mixinStandardHelpOptions = true)
final class TokenCommand {}
