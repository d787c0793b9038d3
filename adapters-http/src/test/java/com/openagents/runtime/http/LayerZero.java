package com.openagents.runtime.http;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The schemas as they lie in the source tree, so that none is forgotten, with the messages that
/// the Java generated from them knows.
///
/// @param messages by their names
record LayerZero(Map<String, Descriptor> messages) {

  private static final Path SOURCES = Path.of("../proto/src/main/protobuf");

  static LayerZero read(String... packages) {
    Map<String, Descriptor> messages = new TreeMap<>();
    for (String name : packages) {
      for (Path file : files(SOURCES.resolve("openagents").resolve(name).resolve("v1"))) {
        descriptor(name, file)
            .getMessageTypes()
            .forEach(message -> messages.put(message.getName(), message));
      }
    }
    return new LayerZero(messages);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".proto")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileDescriptor descriptor(String name, Path file) {
    String plain = file.getFileName().toString().replace(".proto", "");
    String outer = Character.toUpperCase(plain.charAt(0)) + plain.substring(1);
    try {
      return (FileDescriptor)
          Class.forName("com.openagents.runtime.proto." + name + ".v1." + outer)
              .getMethod("getDescriptor")
              .invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no Java was generated from " + file, e);
    }
  }

  /// The text of a schema, comments included.
  String source(FileDescriptor file) {
    try {
      return Files.readString(SOURCES.resolve(file.getName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
