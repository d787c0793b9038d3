package com.openagents.runtime.postgres.projection;

/// The statements about what sinks have of documents.
///
/// The condition of what is due repeats that of its index. Whoever changes several rows locks them
/// in the order of their key before, as commits do, so that nobody waits for each other.
final class SinkStatements {

  private static final String IS_DUE =
      """
      m.parked_reason is null
        and (m.wanted_generation, m.wanted_seq, m.wanted_version, m.wanted_hash)
          is distinct from (m.there_generation, m.there_seq, m.there_version, m.there_hash)\
      """;

  private static final int COUNTED_MAX = 100_000;

  private static final String OF_NOW =
      """
      not exists (
        select from runtime.projections p
        where p.projection = m.projection and p.generation > m.wanted_generation
      )\
      """;

  /// What [#KNOW] answers.
  static final int MARKED = 0;

  static final int FORGOTTEN = 2;

  /// Whether documents that were kept before are still to be marked for it, or those of before it
  /// was forgotten to go.
  static final String KNOW =
      Fence.BEGIN
          + """
          , known as (
            insert into runtime.sinks as s (sink, served_epoch) select {1}, {0} from fence
            on conflict (sink) do update set served_epoch = excluded.served_epoch
            where not s.forgotten and s.served_epoch <> excluded.served_epoch
          )
          select (select count(*) from fence) as held,
            coalesce(
              (select case when s.forgotten then 2 when s.marking then 1 else 0 end
                from runtime.sinks s where s.sink = {1}), 1)::bigint as done
          """;

  /// Goes on where the step before ended; what is written meanwhile is marked by whoever writes it.
  /// Where that was is asked for in scalar form, so that it bounds the scan of the index.
  static final String MARK =
      Fence.BEGIN
          + """
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
              clock_timestamp()
            from coming
            on conflict do nothing
          ), moved as (
            update runtime.sinks s set
              marked_projection = coalesce(l.projection, s.marked_projection),
              marked_entity = coalesce(l.entity_id, s.marked_entity),
              marking = (select count(*) from coming) >= {2}
            from fence
              left join (
                select projection, entity_id from coming
                order by projection desc, entity_id desc limit 1
              ) l on true
            where s.sink = {1}
          )
          select (select count(*) from fence) as held, (select count(*) from coming) as done
          """;

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

  static final String ANY_FORGOTTEN =
      "select exists (select from runtime.sinks where forgotten) as any_is";

  /// Goes on where the step before ended: nothing is written behind it, because commits leave out
  /// what is forgotten. The sink itself goes with the last of it.
  static final String CLEAR =
      Fence.BEGIN
          + """
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
          )
          select (select count(*) from fence) as held, (select count(*) from forgotten) as done
          """;

  /// Counts end at [#COUNTED_MAX], so that a long arrear costs no more to look at than a short one.
  static final String STATES =
      """
      select s.sink, s.paused, s.marking, s.trouble, coalesce(m.pending, 0) as pending,
        coalesce(m.behind, 0) as behind, m.oldest,
        (select count(*) from (
          select from runtime.sink_documents p
          where p.sink = s.sink and p.parked_reason is not null limit %1$d) p) as parked
      from runtime.sinks s
      left join lateral (
        select count(*) as pending, min(d.due_since) as oldest,
          sum(greatest(0, d.wanted_seq - coalesce(d.there_seq, 0)))::bigint as behind
        from (
          select m.due_since, m.wanted_seq, m.there_seq
          from runtime.sink_documents m where m.sink = s.sink and %2$s and %3$s
          order by m.due_since limit %1$d
        ) d
      ) m on true
      where not s.forgotten
      order by s.sink
      """
          .formatted(COUNTED_MAX, IS_DUE, OF_NOW);

  static final String HAS_ALL =
      """
      select exists (select from runtime.sinks s where s.sink = {0} and not s.marking
          and not s.forgotten)
        and not exists (
          select from runtime.sink_documents p
          where p.sink = {0} and p.parked_reason is not null)
        and not exists (
          select from runtime.sink_documents m where m.sink = {0} and %s and %s) as has_all
      """
          .formatted(IS_DUE, OF_NOW);

  static final String DUE =
      """
      select m.projection, m.entity_id, m.entity_kind, m.there_generation, m.there_seq,
        m.there_version, encode(m.there_hash, 'hex') as there_hash,
        d.seq, d.version, d.generation, d.owner, encode(d.hash, 'hex') as hash,
        d.body::text as body, d.projected_at
      from (
        select m.* from runtime.sink_documents m
        where m.sink = {0} and %s and %s
        order by m.due_since, m.projection, m.entity_id limit {1}
      ) m
      left join runtime.documents d on d.projection = m.projection and d.entity_id = m.entity_id
      order by m.due_since, m.projection, m.entity_id
      """
          .formatted(IS_DUE, OF_NOW);

  static final String TAKEN =
      Fence.BEGIN
          + """
          , news as materialized (
            select n.projection, n.entity_id, n.generation, n.seq, n.version::integer as version,
              decode(n.hash, 'hex') as hash
            from unnest(
              {2}::text[], {3}::text[], {4}::bigint[], {5}::bigint[], {6}::bigint[], {7}::text[]
            ) as n (projection, entity_id, generation, seq, version, hash), fence
          ), held as materialized (
            select m.projection, m.entity_id
            from runtime.sink_documents m
              join news n on m.sink = {1} and m.projection = n.projection
                and m.entity_id = n.entity_id
            order by m.sink, m.projection, m.entity_id
            for update of m
          ), gone as (
            delete from runtime.sink_documents m using news n, (select count(*) from held) h
            where m.sink = {1} and m.projection = n.projection and m.entity_id = n.entity_id
              and n.hash is null and m.wanted_hash is null
          ), noted as (
            update runtime.sink_documents m set
              there_generation = n.generation, there_seq = n.seq, there_version = n.version,
              there_hash = n.hash, parked_reason = null, parked_at = null
            from news n, (select count(*) from held) h
            where m.sink = {1} and m.projection = n.projection and m.entity_id = n.entity_id
              and (n.hash is not null or m.wanted_hash is not null)
          )
          select (select count(*) from fence) as held, (select count(*) from news) as done
          """;

  static final String PARK =
      Fence.BEGIN
          + """
          , parked as (
            update runtime.sink_documents m set parked_reason = {4}, parked_at = clock_timestamp()
            from fence
            where m.sink = {1} and m.projection = {2} and m.entity_id = {3}
              and (m.wanted_generation, m.wanted_seq, m.wanted_version, m.wanted_hash)
            is not distinct from ({5}::bigint, {6}::bigint, {7}::integer, decode({8}, 'hex'))
            returning 1
          )
          select (select count(*) from fence) as held, (select count(*) from parked) as done
          """;

  static final String TROUBLE =
      Fence.BEGIN
          + """
          , noted as (
            update runtime.sinks s set trouble = {2}::text from fence
            where s.sink = {1} and s.trouble is distinct from {2}::text
            returning 1
          )
          select (select count(*) from fence) as held, (select count(*) from noted) as done
          """;

  static final String RETRY =
      """
      with parked as materialized (
        select sink, projection, entity_id from runtime.sink_documents
        where sink = {0} and parked_reason is not null
        order by sink, projection, entity_id
        for update
      )
      update runtime.sink_documents m set parked_reason = null, parked_at = null
      from parked p
      where m.sink = p.sink and m.projection = p.projection and m.entity_id = p.entity_id
      """;

  static final String PARKED =
      """
      select m.projection, m.entity_id, m.entity_kind, m.wanted_generation, m.wanted_seq,
        m.wanted_version, encode(m.wanted_hash, 'hex') as wanted_hash, m.parked_reason, m.parked_at
      from runtime.sink_documents m where m.sink = {0} and m.parked_reason is not null
      order by m.parked_at, m.projection, m.entity_id limit {1}
      """;

  static final String RESET =
      Fence.BEGIN
          + """
          , reset as (
            update runtime.sink_documents m set
              there_generation = null, there_seq = null, there_version = null, there_hash = null,
              parked_reason = null, parked_at = null
            from fence
            where m.sink = {1} and m.projection = {2}
              and ({3}::text is null or m.entity_id = {3}::text)
            returning 1
          )
          select (select count(*) from fence) as held, (select count(*) from reset) as done
          """;

  static final String CHECKPOINT =
      """
      select there_generation, there_seq, there_version, encode(there_hash, 'hex') as there_hash
      from runtime.sink_documents where sink = {0} and projection = {1} and entity_id = {2}
      """;

  private SinkStatements() {}
}
