package com.openagents.runtime.postgres.projection;

/// The statements about where the streams of sinks stand.
final class SinkStreamStatements {

  static final String STANDS =
      Fence.counting(
          "noted",
          """
          , noted as (
            insert into runtime.sink_streams as p
              (sink, projection, generation, position, reserved)
            select s.sink, {2}, {3}, {4}, {4} from runtime.sinks s, fence
            where s.sink = {1} and not s.forgotten
            on conflict (sink, projection) do update set
              generation = excluded.generation, position = excluded.position,
              reserved = excluded.reserved, stays = null
            where (p.generation, p.position, p.reserved)
              <> (excluded.generation, excluded.position, excluded.reserved) or p.stays is not null
            returning 1
          )
          """);

  /// Notes nothing when the position is beyond the next one.
  static final String RESERVE =
      Fence.counting(
          "noted",
          """
          , noted as (
            insert into runtime.sink_streams as p
              (sink, projection, generation, position, reserved)
            select s.sink, {2}, 0, 0, {3} from runtime.sinks s, fence
            where s.sink = {1} and not s.forgotten
              and ({3} <= 1 or exists (
                select from runtime.sink_streams o where o.sink = {1} and o.projection = {2}))
            on conflict (sink, projection) do update set
              reserved = greatest(p.reserved, excluded.reserved)
            where excluded.reserved <= p.reserved + 1
            returning 1
          )
          """);

  static final String ENDED =
      Fence.counting(
          "ended",
          """
          , ended as (
            delete from runtime.sink_streams p using fence
            where p.sink = {1} and p.projection = {2}
            returning 1
          )
          """);

  static final String STAYS =
      Fence.counting(
          "noted",
          """
          , noted as (
            update runtime.sink_streams p set stays = {3}::text from fence
            where p.sink = {1} and p.projection = {2} and p.stays is distinct from {3}::text
            returning 1
          )
          """);

  private static final String NOT_KEPT =
      "not exists (select from runtime.projections k where k.projection = p.projection)";

  static final String LEAVING =
      """
      select p.sink, p.projection, p.stays
      from runtime.sink_streams p join runtime.sinks s on s.sink = p.sink and not s.forgotten
      where p.projection <> all({0}) and %s
      order by p.sink, p.projection
      """
          .formatted(NOT_KEPT);

  static final String LET_GO =
      """
      delete from runtime.sink_streams p
      where p.sink = {0} and p.projection = {1} and p.stays is not null and %s
      """
          .formatted(NOT_KEPT);

  private SinkStreamStatements() {}
}
