package com.openagents.runtime.http.body;

/// A place in a JSON document (RFC 6901).
record Pointer(String text) {

  static final Pointer ROOT = new Pointer("");

  Pointer field(String name) {
    return new Pointer(text + "/" + name.replace("~", "~0").replace("/", "~1"));
  }

  Pointer item(int index) {
    return new Pointer(text + "/" + index);
  }
}
