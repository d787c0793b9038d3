package com.openagents.runtime.postgres.projection;

/// The statements about the sinks themselves: which are known, which are told of documents that
/// were kept before, and which are forgotten.
final class KnownSinkStatements {

  /// What [#KNOW] answers.
  static final int MARKED = 0;

  static final int FORGOTTEN = 2;

  /// Whether documents that were kept before are still to be marked for it, or those of before it
  /// was forgotten to go. The row is written whatever it says, so that the answer is that of the
  /// newest row even when somebody forgets the sink meanwhile.
  static final String KNOW =
      Fence.BEGIN
          + """
          , known as (
            insert into runtime.sinks as s (sink, served_epoch) select {1}, {0} from fence
            on conflict (sink) do update set served_epoch = excluded.served_epoch
            where not s.forgotten
            returning s.marking
          )
          select (select count(*) from fence) as held,
            coalesce((select case when k.marking then 1 else 0 end from known k), 2)::bigint as done
          """;

  /// Goes on where the step before ended; what is written meanwhile is marked by whoever writes it,
  /// and what was delivered ahead of it is delivered again. Where that was is asked for in scalar
  /// form, so that it bounds the scan of the index.
  static final String MARK =
      Fence.counting(
          "coming",
          """
          , coming as materialized (
            select d.projection, d.entity_id, d.entity_kind, d.generation, d.seq, d.version, d.hash
            from runtime.documents d
            where (d.projection, d.entity_id) > (
                (select s.marked_projection from runtime.sinks s where s.sink = {1}),
                (select s.marked_entity from runtime.sinks s where s.sink = {1}))
              and exists (select from fence)
            order by d.projection, d.entity_id limit {2}
          ), marked as (
            insert into runtime.sink_documents
              (sink, projection, entity_id, entity_kind, wanted_generation, wanted_seq,
                wanted_version, wanted_hash, due_since)
            select {1}, projection, entity_id, entity_kind, generation, seq, version, hash,
              statement_timestamp()
            from coming
            on conflict (sink, projection, entity_id) do update set
              there_generation = null, there_seq = null, there_version = null, there_hash = null,
              parked_reason = null, parked_at = null, due_since = excluded.due_since,
              noted_since = excluded.noted_since
          ), moved as (
            update runtime.sinks s set
              marked_projection = coalesce(l.projection, s.marked_projection),
              marked_entity = coalesce(l.entity_id, s.marked_entity),
              marking = (select count(*) from coming) >= {2},
              marked_at =
                case when (select count(*) from coming) < {2} then statement_timestamp()
                  else s.marked_at end
            from fence
              left join (
                select projection, entity_id from coming
                order by projection desc, entity_id desc limit 1
              ) l on true
            where s.sink = {1} and not s.forgotten
          )
          """);

  static final String UNSHOWN =
      Fence.counting(
          "noted",
          """
          , noted as (
            update runtime.sinks s set unshown = {2}::text[] from fence
            where s.sink = {1} and not s.forgotten and s.unshown <> {2}::text[]
            returning 1
          )
          """);

  static final String TROUBLE =
      Fence.counting(
          "noted",
          """
          , noted as (
            update runtime.sinks s set trouble = {2}::text from fence
            where s.sink = {1} and s.trouble is distinct from {2}::text
            returning 1
          )
          """);

  /// Not while the writer whose lease holds has registered it. Looks at that writer again when a
  /// registration comes between.
  static final String FORGET =
      """
      update runtime.sinks s set forgotten = true, marked_projection = '', marked_entity = ''
      where s.sink = {0} and not s.forgotten
        and not exists (
          select from runtime.projection_writer w
          where w.epoch = s.served_epoch and w.expires_at > clock_timestamp())
      """;

  static final String KNOWN =
      """
      select exists (select from runtime.sinks where sink = {0} and not forgotten) as known
      """;

  /// Goes on where the step before ended: nothing is written behind it, because commits leave out
  /// what is forgotten. The sink itself goes with the last of it.
  static final String CLEAR =
      Fence.counting(
          "forgotten",
          """
          , forgotten as materialized (
            select s.sink, s.marked_projection, s.marked_entity from runtime.sinks s
            where s.forgotten and ({1}::text is null or s.sink = {1}::text)
              and exists (select from fence)
            order by s.sink limit 1
            for update of s
          ), old as materialized (
            select m.sink, m.projection, m.entity_id from runtime.sink_documents m
            where m.sink = (select f.sink from forgotten f)
              and (m.projection, m.entity_id) > (
                (select f.marked_projection from forgotten f),
                (select f.marked_entity from forgotten f))
            order by m.sink, m.projection, m.entity_id limit {2}
            for update of m
          ), gone as (
            delete from runtime.sink_documents m using old o
            where m.sink = o.sink and m.projection = o.projection and m.entity_id = o.entity_id
          ), moved as (
            update runtime.sinks s set
              marked_projection = l.projection, marked_entity = l.entity_id
            from (
              select projection, entity_id from old
              order by projection desc, entity_id desc limit 1
            ) l
            where s.sink = (select f.sink from forgotten f)
              and (select count(*) from old) >= {2}
          ), ended as (
            delete from runtime.sinks s
            where s.sink = (select f.sink from forgotten f) and (select count(*) from old) < {2}
            returning s.sink
          ), streams as (
            delete from runtime.sink_streams p using ended e where p.sink = e.sink
          )
          """);

  private KnownSinkStatements() {}
}
