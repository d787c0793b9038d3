package com.openagents.runtime.testkit.guard;

import java.util.List;
import java.util.stream.Stream;

/// Every known bug.
final class Plants {

  private Plants() {}

  static List<Plant> all() {
    return Stream.of(
            LogPlants.all(),
            LeasePlants.all(),
            LeaseTablePlants.all(),
            LookPlants.all(),
            BatchPlants.all(),
            ReadPlants.all(),
            IndexPlants.all(),
            DuePlants.all(),
            CheckpointPlants.all(),
            SealPlants.all(),
            NodePlants.all(),
            BlobPlants.all(),
            NoncePlants.all(),
            AuditPlants.all(),
            RevocationPlants.all(),
            ModelPlants.all(),
            StartPlants.all(),
            ForkPlants.all(),
            TogetherPlants.all(),
            WakePlants.all(),
            WritePlants.all(),
            AcrossPlants.all(),
            AgeingPlants.all(),
            KeptDocumentPlants.all(),
            ReadRowPlants.all(),
            SinkBookPlants.all(),
            KnownSinkPlants.all(),
            SinkStreamPlants.all(),
            WriterPlants.all(),
            RebuildPlants.all(),
            PastAuditPlants.all(),
            ScanPlants.all(),
            SinkPlants.all())
        .flatMap(List::stream)
        .toList();
  }
}
