package com.openagents.runtime.postgres.projection;

/// The statements about what sinks have of documents.
///
/// The condition of what is due repeats that of its index. It is looked for in each projection that
/// is told, so that what is due of others is not passed by each time. Whoever changes several rows
/// locks them in the order of their key before, as commits do, so that nobody waits for each other.
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

  /// Counts end at [#COUNTED_MAX], so that a long arrear costs no more to look at than a short one.
  static final String STATES =
      """
      select s.sink, s.paused, s.marking, s.trouble, coalesce(m.pending, 0) as pending,
        coalesce(m.behind, 0) as behind, coalesce(m.behind_p95, 0) as behind_p95, m.oldest,
        (select count(*) from (
          select from unnest({0}::text[]) as t (projection) cross join lateral (
            select from runtime.sink_documents p
            where p.sink = s.sink and p.projection = t.projection and p.parked_reason is not null
            limit %1$d) p
          where t.projection <> all(s.unshown)
          limit %1$d) p) as parked
      from runtime.sinks s
      left join lateral (
        select count(*) as pending, min(d.due_since) as oldest, sum(d.behind)::bigint as behind,
          percentile_disc(0.95) within group (order by d.behind) as behind_p95
        from (
          select o.due_since, o.behind
          from unnest({0}::text[]) as t (projection) cross join lateral (
            select m.due_since, greatest(0, m.wanted_seq - coalesce(m.there_seq, 0)) as behind
            from runtime.sink_documents m
            where m.sink = s.sink and m.projection = t.projection and %2$s and %3$s
            order by m.due_since limit %1$d
          ) o
          where t.projection <> all(s.unshown)
          order by o.due_since limit %1$d
        ) d
      ) m on true
      where not s.forgotten
      order by s.sink
      """
          .formatted(COUNTED_MAX, IS_DUE, OF_NOW);

  private static final String UNKNOWN =
      "m.there_generation is null and m.wanted_generation is not null";

  static final String UNKNOWN_UNTIL =
      """
      select m.noted_since from runtime.sink_documents m
      where m.sink = {0} and m.projection = {1} and %s
      order by m.noted_since desc limit 1
      """
          .formatted(UNKNOWN);

  /// The conditions repeat those of indexes, in which there is little or nothing once all is well.
  static final String OLDER =
      """
      select case
        when not exists (
            select from runtime.sinks s
            where s.sink = {0} and not s.marking and not s.forgotten)
          or exists (
            select from runtime.sink_documents m
            where m.sink = {0} and m.projection = {1} and m.parked_reason is null
              and m.there_generation < m.wanted_generation)
          or exists (
            select from runtime.sink_documents m
            where m.sink = {0} and m.projection = {1} and m.parked_reason is null and %s
              and m.noted_since <= greatest({2}::timestamptz,
                (select s.marked_at from runtime.sinks s where s.sink = {0})))
        then 'DUE'
        when exists (
          select from runtime.sink_documents m
          where m.sink = {0} and m.projection = {1} and m.parked_reason is not null
            and coalesce(m.there_generation, 0) < m.wanted_generation)
        then 'PARKED'
        else 'NONE' end as older
      """
          .formatted(UNKNOWN);

  static final String DUE =
      """
      select m.projection, m.entity_id, m.entity_kind, m.there_generation, m.there_seq,
        m.there_version, encode(m.there_hash, 'hex') as there_hash,
        d.seq, d.version, d.generation, d.owner, encode(d.hash, 'hex') as hash,
        d.body::text as body, d.projected_at
      from (
        select o.* from unnest({1}::text[]) as t (projection) cross join lateral (
          select m.* from runtime.sink_documents m
          where m.sink = {0} and m.projection = t.projection and %s and %s
          order by m.due_since, m.entity_id limit {2}
        ) o
        order by o.due_since, o.projection, o.entity_id limit {2}
      ) m
      left join runtime.documents d on d.projection = m.projection and d.entity_id = m.entity_id
      order by m.due_since, m.projection, m.entity_id
      """
          .formatted(IS_DUE, OF_NOW);

  static final String TAKEN =
      Fence.counting(
          "news",
          """
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
          """);

  static final String LOST =
      Fence.counting(
          "lost",
          """
          , lost as (
            update runtime.sinks s set marking = true, marked_projection = '', marked_entity = ''
            from fence where s.sink = {1} and not s.forgotten
            returning s.sink
          ), noted as (
            insert into runtime.sink_streams (sink, projection, generation, position, reserved)
            select l.sink, n.projection, n.generation, n.position, n.position
            from unnest({2}::text[], {3}::bigint[], {4}::bigint[])
              as n (projection, generation, position), lost l
            order by n.projection
            on conflict (sink, projection) do update set
              generation = excluded.generation, position = excluded.position,
              reserved = excluded.reserved
          )
          """);

  static final String PARK =
      Fence.counting(
          "parked",
          """
          , parked as (
            update runtime.sink_documents m set parked_reason = {4}, parked_at = clock_timestamp()
            from fence
            where m.sink = {1} and m.projection = {2} and m.entity_id = {3}
              and (m.wanted_generation, m.wanted_seq, m.wanted_version, m.wanted_hash)
            is not distinct from ({5}::bigint, {6}::bigint, {7}::integer, decode({8}, 'hex'))
            returning 1
          )
          """);

  /// Some of those that are parked; says also how many it looked at.
  static final String RETRY =
      """
      with chosen as materialized (
        select projection, entity_id from runtime.sink_documents
        where sink = {0} and parked_reason is not null
        order by parked_at limit {1}
      ), parked as materialized (
        select m.sink, m.projection, m.entity_id
        from chosen s
          join runtime.sink_documents m
            on m.sink = {0} and m.projection = s.projection and m.entity_id = s.entity_id
        where m.parked_reason is not null
        order by m.sink, m.projection, m.entity_id
        for update of m
      ), retried as (
        update runtime.sink_documents m set parked_reason = null, parked_at = null
        from parked p
        where m.sink = p.sink and m.projection = p.projection and m.entity_id = p.entity_id
        returning 1
      )
      select (select count(*) from chosen) as looked, (select count(*) from retried) as done
      """;

  static final String PARKED =
      """
      select m.projection, m.entity_id, m.entity_kind, m.wanted_generation, m.wanted_seq,
        m.wanted_version, encode(m.wanted_hash, 'hex') as wanted_hash, m.parked_reason, m.parked_at
      from runtime.sink_documents m where m.sink = {0} and m.parked_reason is not null
      order by m.parked_at, m.projection, m.entity_id limit {1}
      """;

  static final String RESET =
      Fence.counting(
              "reset",
              """
              , reset as (
                update runtime.sink_documents m set
                  there_generation = case when %1$s then m.there_generation end,
                  there_seq = case when %1$s then m.there_seq end,
                  there_version = case when %1$s then m.there_version end,
                  there_hash = case when %1$s then m.there_hash end,
                  parked_reason = null, parked_at = null
                from fence
                where m.sink = {1} and m.projection = {2}
                  and ({3}::text is null or m.entity_id = {3}::text)
                returning 1
              )
              """)
          .formatted("m.there_generation < m.wanted_generation");

  static final String HELD =
      """
      select entity_id, there_generation, there_seq, there_version,
        encode(there_hash, 'hex') as there_hash, parked_reason is not null as parked
      from runtime.sink_documents
      where sink = {0} and projection = {1} and entity_id = any({2}::text[])
        and there_hash is not null
      """;

  private SinkStatements() {}
}
