package com.openagents.runtime.app.cli;

import picocli.CommandLine.IVersionProvider;

/// The version of this build, as its jar says.
final class Version implements IVersionProvider {
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"openagents-runtime " + text()};
  }
}
