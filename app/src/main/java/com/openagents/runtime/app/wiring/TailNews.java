package com.openagents.runtime.app.wiring;

import com.openagents.runtime.app.node.Node;
import com.openagents.runtime.engine.Bell;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.ChangeFeed.Change;
import com.openagents.runtime.tail.Tails;
import java.util.List;

/// Brings to the readers of this node what it writes itself, and what any node wrote.
record TailNews(Tails tails) implements Bell.Follower, Node.Readers {

  @Override
  public void writing(Append append) {
    tails.writing(append);
  }

  @Override
  public void wrote(Append append, Appended.Written written) {
    tails.wrote(append, written);
  }

  @Override
  public void changed(List<Change> changes) {
    changes.forEach(change -> tails.wake(change.runId(), change.lastSeq()));
    tails.retry();
  }

  @Override
  public void doubt() {
    tails.doubt();
  }
}
