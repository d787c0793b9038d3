package com.openagents.runtime.app.machine;

import com.openagents.runtime.canon.Json;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// What figures depend on beside the code.
public final class Machine {

  private Machine() {}

  /// Processors, system, virtual machine with its options, and the load before the measurement.
  public static Json.Obj now() {
    return Json.object()
        .put("date", LocalDate.now(ZoneOffset.UTC).toString())
        .put("processors", Runtime.getRuntime().availableProcessors())
        .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
        .put("java", Runtime.version().toString())
        .put("options", String.join(" ", options()))
        .put("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())
        .build();
  }

  /// The options that this virtual machine was started with.
  public static List<String> options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments();
  }
}
