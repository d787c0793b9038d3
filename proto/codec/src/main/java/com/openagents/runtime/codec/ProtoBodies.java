package com.openagents.runtime.codec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.proto.control.v1.Audit;
import com.openagents.runtime.proto.control.v1.Nodes;
import com.openagents.runtime.proto.control.v1.Projections;
import com.openagents.runtime.proto.control.v1.Tokens;
import com.openagents.runtime.proto.runtime.v1.Diagnoses;
import com.openagents.runtime.proto.runtime.v1.Errors;
import com.openagents.runtime.proto.runtime.v1.Events;
import com.openagents.runtime.proto.runtime.v1.Frames;
import com.openagents.runtime.proto.runtime.v1.Leases;
import com.openagents.runtime.proto.runtime.v1.Runs;
import com.openagents.runtime.proto.runtime.v1.Seals;
import com.openagents.runtime.proto.runtime.v1.Threads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The bodies of the API as Layer-0 messages: each has the name and the fields of its JSON. Pure
/// and thread-safe.
public final class ProtoBodies {

  private static final List<FileDescriptor> FILES =
      List.of(
          Audit.getDescriptor(),
          Diagnoses.getDescriptor(),
          Errors.getDescriptor(),
          Events.getDescriptor(),
          Frames.getDescriptor(),
          Leases.getDescriptor(),
          Nodes.getDescriptor(),
          Projections.getDescriptor(),
          Runs.getDescriptor(),
          Seals.getDescriptor(),
          Threads.getDescriptor(),
          Tokens.getDescriptor());

  private static final Map<String, Descriptor> MESSAGES =
      FILES.stream()
          .flatMap(file -> file.getMessageTypes().stream())
          .collect(Collectors.toUnmodifiableMap(Descriptor::getName, message -> message));

  private ProtoBodies() {}

  /// The full name of the message of a body, such as `openagents.runtime.v1.RunSnapshot`; empty
  /// where the body is none.
  ///
  /// @param body its name in the document of the API
  public static Optional<String> fullName(String body) {
    return Optional.ofNullable(MESSAGES.get(body)).map(Descriptor::getFullName);
  }

  /// Writes a body.
  ///
  /// @throws IllegalArgumentException when the JSON is not that of the message
  public static byte[] write(String body, Json.Obj json) {
    return JsonMessages.message(json, descriptor(body)).toByteArray();
  }

  /// Reads a body. What a message cannot tell from its default is left out of the JSON.
  ///
  /// @throws IllegalArgumentException when the bytes are no such message, have a field that it does
  ///   not have, or hold what JSON cannot
  public static Json.Obj read(String body, byte[] message) {
    try {
      return MessageJson.json(DynamicMessage.parseFrom(descriptor(body), message));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("these bytes are no " + body, e);
    }
  }

  private static Descriptor descriptor(String body) {
    return Optional.ofNullable(MESSAGES.get(body)).orElseThrow();
  }
}
