package com.openagents.runtime.http.run;

import com.openagents.runtime.event.RunSpec;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which tools a run may use.
public record ToolPolicy(
    @Nullable @Size(max = NAMES_MAX, message = "a list of at most 500 names")
        List<@Pattern(regexp = Forms.ID, message = Forms.ID_SAID) String> allow,
    @Nullable @Size(max = NAMES_MAX, message = "a list of at most 500 names")
        List<@Pattern(regexp = Forms.ID, message = Forms.ID_SAID) String> deny,
    @Nullable Boolean guestMode) {

  private static final int NAMES_MAX = 500;

  RunSpec.ToolPolicy policy() {
    return new RunSpec.ToolPolicy(
        allow == null ? List.of() : allow,
        deny == null ? List.of() : deny,
        Boolean.TRUE.equals(guestMode));
  }
}
