package com.openagents.runtime.convex;

import com.openagents.runtime.convex.ConvexValue.Obj;

/// What became of a call, by what is to be done about it.
sealed interface ConvexAnswer {

  /// The function returned.
  record Returned(ConvexValue value) implements ConvexAnswer {}

  /// The function refused; nothing was written.
  ///
  /// @param code what it said is wrong: `FENCED`, `GAP`, …
  /// @param request the id by which the deployment's log knows the call
  record Refused(String code, Obj data, String request) implements ConvexAnswer {}

  /// The function failed, or could not be run with what it was given; nothing was written. What it
  /// says is for its developers, and may be withheld.
  ///
  /// @param request the id by which the deployment's log knows the call
  record Failed(String request) implements ConvexAnswer {}

  /// Asked to come again later; nothing was written.
  record Overloaded(String code) implements ConvexAnswer {}

  /// Whether anything was written is not known.
  record Lost(String why) implements ConvexAnswer {}

  /// Nobody was there to ask.
  record Unreached(String why) implements ConvexAnswer {}

  /// The deployment does not take calls like this one, now or later.
  ///
  /// @param request the id by which the deployment's log knows the call
  record Barred(int status, String code, String request) implements ConvexAnswer {}
}
