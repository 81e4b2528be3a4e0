-- +goose Up
-- Profiles: what is summed up as it arrives, so that a day of a fleet is answered from thousands of
-- rows instead of millions.
--
--   otel_profiles_samples ─┬▶ …_rollup_1m ─▶ …_rollup_1h ─▶ …_rollup_1d     weight by stack
--                          ├▶ …_functions_1h ─▶ …_functions_1d             self and total by function
--                          ├▶ …_kv_rollup_15m                              facets
--                          └▶ …_sampled_25                                 one row in 25
--
-- All of them name stacks and frames at function level (00009). A row belongs to the minute, hour and
-- day (UTC) of its Timestamp, so that whole minutes of the rollups are exactly the rows of
-- otel_profiles with those times.
--
-- SummingMergeTree adds rows up when it merges: until then a key may be there twice, so ask with
-- sum() and GROUP BY. Sums are of 128 bits: a fleet's year of nanoseconds is more than 64 hold.
--
-- They stay longer than the samples, and never shorter: hours for half a year, days for a year and
-- five weeks, so that this week can be laid beside the same one of last year.

-- Weight by minute, service, workload and stack.
CREATE TABLE IF NOT EXISTS ${DATABASE}.otel_profiles_rollup_1m
(
    `Timestamp` DateTime COMMENT 'Start of the minute' CODEC(Delta(4), ZSTD(3)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(3)),
    `ProfileType` LowCardinality(String) CODEC(ZSTD(3)),
    `Unit` LowCardinality(String) CODEC(ZSTD(3)),
    `Namespace` LowCardinality(String) COMMENT 'k8s.namespace.name' CODEC(ZSTD(3)),
    `Workload` LowCardinality(String) COMMENT 'Name of the Kubernetes deployment, stateful set, daemon set or job' CODEC(ZSTD(3)),
    `StackId` LowCardinality(UInt64) COMMENT 'Of otel_profiles_stacks, at function level' CODEC(ZSTD(3)),
    `Value` Int128 COMMENT 'Weight in Unit' CODEC(ZSTD(3)),
    `Count` UInt64 COMMENT 'Samples of the profiler behind it' CODEC(ZSTD(3))
)
ENGINE = SummingMergeTree((Value, Count))
PARTITION BY toDate(Timestamp)
PRIMARY KEY (ServiceName, ProfileType, Timestamp)
ORDER BY (ServiceName, ProfileType, Timestamp, Unit, Namespace, Workload, StackId)
TTL toDate(Timestamp) + ${TABLES_TTL}
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000,
    ratio_of_defaults_for_sparse_serialization = 1, allow_suspicious_low_cardinality_types = 1;

-- Weight by hour: as by minute.
CREATE TABLE IF NOT EXISTS ${DATABASE}.otel_profiles_rollup_1h
(
    `Timestamp` DateTime COMMENT 'Start of the hour' CODEC(Delta(4), ZSTD(3)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(3)),
    `ProfileType` LowCardinality(String) CODEC(ZSTD(3)),
    `Unit` LowCardinality(String) CODEC(ZSTD(3)),
    `Namespace` LowCardinality(String) COMMENT 'k8s.namespace.name' CODEC(ZSTD(3)),
    `Workload` LowCardinality(String) COMMENT 'Name of the Kubernetes deployment, stateful set, daemon set or job' CODEC(ZSTD(3)),
    `StackId` LowCardinality(UInt64) COMMENT 'Of otel_profiles_stacks, at function level' CODEC(ZSTD(3)),
    `Value` Int128 COMMENT 'Weight in Unit' CODEC(ZSTD(3)),
    `Count` UInt64 COMMENT 'Samples of the profiler behind it' CODEC(ZSTD(3))
)
ENGINE = SummingMergeTree((Value, Count))
PARTITION BY toYYYYMM(Timestamp)
PRIMARY KEY (ServiceName, ProfileType, Timestamp)
ORDER BY (ServiceName, ProfileType, Timestamp, Unit, Namespace, Workload, StackId)
TTL greatest(toDate(Timestamp) + ${TABLES_TTL}, toDate(Timestamp) + toIntervalDay(180))
SETTINGS index_granularity = 8192, non_replicated_deduplication_window = 10000,
    ratio_of_defaults_for_sparse_serialization = 1, allow_suspicious_low_cardinality_types = 1;

-- Weight by day: as by minute.
CREATE TABLE IF NOT EXISTS ${DATABASE}.otel_profiles_rollup_1d
(
    `Timestamp` DateTime COMMENT 'Start of the day (UTC)' CODEC(Delta(4), ZSTD(3)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(3)),
    `ProfileType` LowCardinality(String) CODEC(ZSTD(3)),
    `Unit` LowCardinality(String) CODEC(ZSTD(3)),
    `Namespace` LowCardinality(String) COMMENT 'k8s.namespace.name' CODEC(ZSTD(3)),
    `Workload` LowCardinality(String) COMMENT 'Name of the Kubernetes deployment, stateful set, daemon set or job' CODEC(ZSTD(3)),
    `StackId` LowCardinality(UInt64) COMMENT 'Of otel_profiles_stacks, at function level' CODEC(ZSTD(3)),
    `Value` Int128 COMMENT 'Weight in Unit' CODEC(ZSTD(3)),
    `Count` UInt64 COMMENT 'Samples of the profiler behind it' CODEC(ZSTD(3))
)
ENGINE = SummingMergeTree((Value, Count))
PARTITION BY toYYYYMM(Timestamp)
PRIMARY KEY (ServiceName, ProfileType, Timestamp)
ORDER BY (ServiceName, ProfileType, Timestamp, Unit, Namespace, Workload, StackId)
TTL greatest(toDate(Timestamp) + ${TABLES_TTL}, toDate(Timestamp) + toIntervalDay(400))
SETTINGS index_granularity = 8192, non_replicated_deduplication_window = 10000,
    ratio_of_defaults_for_sparse_serialization = 1, allow_suspicious_low_cardinality_types = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${DATABASE}.otel_profiles_rollup_1d_mv
TO ${DATABASE}.otel_profiles_rollup_1d
AS SELECT
    toStartOfDay(Timestamp, 'UTC') AS Timestamp, ServiceName, ProfileType, Unit, Namespace, Workload, StackId,
    sum(hours.Value) AS Value,
    sum(hours.Count) AS Count
FROM ${DATABASE}.otel_profiles_rollup_1h AS hours
GROUP BY ALL;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${DATABASE}.otel_profiles_rollup_1h_mv
TO ${DATABASE}.otel_profiles_rollup_1h
AS SELECT
    toStartOfHour(Timestamp, 'UTC') AS Timestamp, ServiceName, ProfileType, Unit, Namespace, Workload, StackId,
    sum(minutes.Value) AS Value,
    sum(minutes.Count) AS Count
FROM ${DATABASE}.otel_profiles_rollup_1m AS minutes
GROUP BY ALL;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${DATABASE}.otel_profiles_rollup_1m_mv
TO ${DATABASE}.otel_profiles_rollup_1m
AS SELECT
    toStartOfMinute(toDateTime(samples.Timestamp, 'UTC')) AS Timestamp,
    ServiceName,
    ProfileType,
    Unit,
    samples.ResourceAttributes['k8s.namespace.name'] AS Namespace,
    arrayFirst(name -> name != '', [
        samples.ResourceAttributes['k8s.deployment.name'],
        samples.ResourceAttributes['k8s.statefulset.name'],
        samples.ResourceAttributes['k8s.daemonset.name'],
        samples.ResourceAttributes['k8s.cronjob.name'],
        samples.ResourceAttributes['k8s.job.name']
    ]) AS Workload,
    samples.FunctionStackId AS StackId,
    sum(toInt128(samples.Value)) AS Value,
    sum(toUInt64(samples.Count)) AS Count
FROM ${DATABASE}.otel_profiles_samples AS samples
GROUP BY ALL;

-- Self and total of each function by hour and service, over all places in which it occurs. A function
-- that is in a stack several times counts once for it:
--
--   stack (leaf first)   weight    self     total
--   f ← g ← f                10    f 10     f 10, g 10
CREATE TABLE IF NOT EXISTS ${DATABASE}.otel_profiles_functions_1h
(
    `Timestamp` DateTime COMMENT 'Start of the hour' CODEC(Delta(4), ZSTD(3)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(3)),
    `ProfileType` LowCardinality(String) CODEC(ZSTD(3)),
    `Unit` LowCardinality(String) CODEC(ZSTD(3)),
    `FrameId` LowCardinality(UInt64) COMMENT 'Of otel_profiles_frames, at function level' CODEC(ZSTD(3)),
    `Self` Int128 COMMENT 'Weight of the stacks that end in it' CODEC(ZSTD(3)),
    `Total` Int128 COMMENT 'Weight of the stacks that contain it' CODEC(ZSTD(3)),
    `SelfCount` UInt64 COMMENT 'Samples behind Self' CODEC(ZSTD(3)),
    `TotalCount` UInt64 COMMENT 'Samples behind Total' CODEC(ZSTD(3))
)
ENGINE = SummingMergeTree((Self, Total, SelfCount, TotalCount))
PARTITION BY toYYYYMM(Timestamp)
PRIMARY KEY (ServiceName, ProfileType, Timestamp)
ORDER BY (ServiceName, ProfileType, Timestamp, Unit, FrameId)
TTL greatest(toDate(Timestamp) + ${TABLES_TTL}, toDate(Timestamp) + toIntervalDay(180))
SETTINGS index_granularity = 8192, non_replicated_deduplication_window = 10000,
    ratio_of_defaults_for_sparse_serialization = 1, allow_suspicious_low_cardinality_types = 1;

-- Functions by day: as by hour.
CREATE TABLE IF NOT EXISTS ${DATABASE}.otel_profiles_functions_1d
(
    `Timestamp` DateTime COMMENT 'Start of the day (UTC)' CODEC(Delta(4), ZSTD(3)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(3)),
    `ProfileType` LowCardinality(String) CODEC(ZSTD(3)),
    `Unit` LowCardinality(String) CODEC(ZSTD(3)),
    `FrameId` LowCardinality(UInt64) COMMENT 'Of otel_profiles_frames, at function level' CODEC(ZSTD(3)),
    `Self` Int128 COMMENT 'Weight of the stacks that end in it' CODEC(ZSTD(3)),
    `Total` Int128 COMMENT 'Weight of the stacks that contain it' CODEC(ZSTD(3)),
    `SelfCount` UInt64 COMMENT 'Samples behind Self' CODEC(ZSTD(3)),
    `TotalCount` UInt64 COMMENT 'Samples behind Total' CODEC(ZSTD(3))
)
ENGINE = SummingMergeTree((Self, Total, SelfCount, TotalCount))
PARTITION BY toYYYYMM(Timestamp)
PRIMARY KEY (ServiceName, ProfileType, Timestamp)
ORDER BY (ServiceName, ProfileType, Timestamp, Unit, FrameId)
TTL greatest(toDate(Timestamp) + ${TABLES_TTL}, toDate(Timestamp) + toIntervalDay(400))
SETTINGS index_granularity = 8192, non_replicated_deduplication_window = 10000,
    ratio_of_defaults_for_sparse_serialization = 1, allow_suspicious_low_cardinality_types = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${DATABASE}.otel_profiles_functions_1d_mv
TO ${DATABASE}.otel_profiles_functions_1d
AS SELECT
    toStartOfDay(Timestamp, 'UTC') AS Timestamp, ServiceName, ProfileType, Unit, FrameId,
    sum(hours.Self) AS Self,
    sum(hours.Total) AS Total,
    sum(hours.SelfCount) AS SelfCount,
    sum(hours.TotalCount) AS TotalCount
FROM ${DATABASE}.otel_profiles_functions_1h AS hours
GROUP BY ALL;

-- The stacks of an insert first, then their functions: few stacks, many samples.
CREATE MATERIALIZED VIEW IF NOT EXISTS ${DATABASE}.otel_profiles_functions_1h_mv
TO ${DATABASE}.otel_profiles_functions_1h
AS SELECT
    Timestamp, ServiceName, ProfileType, Unit, FrameId,
    sum(if(FrameId = frames[1], weight, toInt128(0))) AS Self,
    sum(weight) AS Total,
    sum(if(FrameId = frames[1], samples, toUInt64(0))) AS SelfCount,
    sum(samples) AS TotalCount
FROM
(
    SELECT
        toStartOfHour(toDateTime(landed.Timestamp, 'UTC')) AS Timestamp,
        ServiceName, ProfileType, Unit,
        any(FunctionIds) AS frames,
        sum(toInt128(landed.Value)) AS weight,
        sum(toUInt64(landed.Count)) AS samples
    FROM ${DATABASE}.otel_profiles_samples AS landed
    GROUP BY Timestamp, ServiceName, ProfileType, Unit, FunctionStackId
)
ARRAY JOIN arrayDistinct(frames) AS FrameId
GROUP BY ALL;

-- Keys and values to choose from, in the shape in which HyperDX keeps those of logs and traces.
-- Attributes of a column have its name as ColumnIdentifier; columns have NativeColumn.
CREATE TABLE IF NOT EXISTS ${DATABASE}.otel_profiles_kv_rollup_15m
(
    `Timestamp` DateTime CODEC(Delta(4), ZSTD(3)),
    `ColumnIdentifier` LowCardinality(String) CODEC(ZSTD(3)),
    `Key` LowCardinality(String) CODEC(ZSTD(3)),
    `Value` String CODEC(ZSTD(3)),
    `count` UInt64 COMMENT 'Rows of otel_profiles' CODEC(ZSTD(3)),
    INDEX idx_count_minmax count TYPE minmax GRANULARITY 1,
    INDEX idx_timestamp_minmax Timestamp TYPE minmax GRANULARITY 1
)
ENGINE = SummingMergeTree(count)
PARTITION BY toDate(Timestamp)
ORDER BY (ColumnIdentifier, Key, Timestamp, Value)
TTL toDate(Timestamp) + ${TABLES_TTL}
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000,
    ratio_of_defaults_for_sparse_serialization = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${DATABASE}.otel_profiles_kv_rollup_15m_mv
TO ${DATABASE}.otel_profiles_kv_rollup_15m
AS SELECT Timestamp, item.1 AS ColumnIdentifier, item.2 AS Key, item.3 AS Value, sum(rows) AS count
FROM
(
    -- Rows of one process and profile type share all of these: unfold them once, not once a row.
    SELECT
        toStartOfFifteenMinutes(toDateTime(samples.Timestamp, 'UTC')) AS Timestamp,
        arrayConcat(
            arrayFilter(native -> native.3 != '', [
                ('NativeColumn', 'ServiceName', ServiceName::String),
                ('NativeColumn', 'ProfileType', ProfileType::String),
                ('NativeColumn', 'Unit', Unit::String),
                ('NativeColumn', 'ScopeName', ScopeName::String),
                ('NativeColumn', 'ScopeVersion', ScopeVersion::String)
            ]),
            arrayMap(
                attribute -> ('ResourceAttributes', attribute.1::String, attribute.2),
                ResourceAttributes::Array(Tuple(LowCardinality(String), String))
            ),
            arrayMap(
                attribute -> ('ProfileAttributes', attribute.1::String, attribute.2),
                ProfileAttributes::Array(Tuple(LowCardinality(String), String))
            )
        ) AS items,
        count() AS rows
    FROM ${DATABASE}.otel_profiles_samples AS samples
    GROUP BY Timestamp, ServiceName, ProfileType, Unit, ScopeName, ScopeVersion, ResourceAttributes, ProfileAttributes

    UNION ALL

    SELECT
        toStartOfFifteenMinutes(toDateTime(samples.Timestamp, 'UTC')) AS Timestamp,
        arrayMap(
            attribute -> ('SampleAttributes', attribute.1::String, attribute.2),
            SampleAttributes::Array(Tuple(LowCardinality(String), String))
        ) AS items,
        count() AS rows
    FROM ${DATABASE}.otel_profiles_samples AS samples
    GROUP BY Timestamp, SampleAttributes
)
ARRAY JOIN items AS item
GROUP BY ALL;

-- One row in 25, for questions over weeks that no rollup answers: by pod, by thread. A row is in or
-- out by a hash of what it says, so a repeated insert chooses the same again. Estimate with
-- 25 × sum(Value). Stays as long as the rollup by hour; stacks are at function level.
CREATE TABLE IF NOT EXISTS ${DATABASE}.otel_profiles_sampled_25
(
    `Timestamp` DateTime64(9) CODEC(Delta(8), ZSTD(3)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(3)),
    `ProfileType` LowCardinality(String) CODEC(ZSTD(3)),
    `Unit` LowCardinality(String) CODEC(ZSTD(3)),
    `StackId` LowCardinality(UInt64) COMMENT 'Of otel_profiles_stacks, at function level' CODEC(ZSTD(1)),
    `Value` Int64 COMMENT 'Weight in Unit of this row alone' CODEC(ZSTD(3)),
    `Count` UInt32 COMMENT 'Samples of the profiler behind this row alone' CODEC(ZSTD(3)),
    `ResourceAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(3)),
    `SampleAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(6)),
    `ProfileAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(3)),
    `ResourceId` UInt64 MATERIALIZED cityHash64(ResourceAttributes) COMMENT 'Same for all samples of one process' CODEC(ZSTD(3)),
    `ResourceAttributeItems` Array(String) ALIAS arrayMap(item -> concat(item.1, '=', item.2), ResourceAttributes::Array(Tuple(String, String))),
    `SampleAttributeItems` Array(String) ALIAS arrayMap(item -> concat(item.1, '=', item.2), SampleAttributes::Array(Tuple(String, String))),
    `ProfileAttributeItems` Array(String) ALIAS arrayMap(item -> concat(item.1, '=', item.2), ProfileAttributes::Array(Tuple(String, String))),
    INDEX idx_res_attr_items ResourceAttributeItems TYPE text(tokenizer = 'array'),
    INDEX idx_sample_attr_items SampleAttributeItems TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(Timestamp)
PRIMARY KEY (ServiceName, ProfileType, toStartOfHour(Timestamp))
ORDER BY (ServiceName, ProfileType, toStartOfHour(Timestamp), ResourceId, Timestamp)
TTL greatest(toDate(Timestamp) + ${TABLES_TTL}, toDate(Timestamp) + toIntervalDay(180))
SETTINGS index_granularity = 8192, non_replicated_deduplication_window = 10000,
    ratio_of_defaults_for_sparse_serialization = 1, allow_suspicious_low_cardinality_types = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${DATABASE}.otel_profiles_sampled_25_mv
TO ${DATABASE}.otel_profiles_sampled_25
AS SELECT
    Timestamp, ServiceName, ProfileType, Unit, FunctionStackId AS StackId, Value, Count,
    ResourceAttributes, SampleAttributes, ProfileAttributes
FROM ${DATABASE}.otel_profiles_samples
WHERE cityHash64(
    Timestamp, ServiceName, ProfileType, StackId, Value, EventOffsets, TraceId, SpanId,
    ResourceAttributes, SampleAttributes
) % 25 = 0;

-- From when on each of the tables above holds everything. One that is made on an empty database does
-- so from the beginning of time; one that is added to older samples, from now. The earliest Since of
-- a name holds: filling in what came before adds an earlier one. A table that was lost, or whose view
-- was, loses its rows here and gets one again, which may be the same: so it is never taken for repeated.
CREATE TABLE IF NOT EXISTS ${DATABASE}.otel_profiles_coverage
(
    `Name` LowCardinality(String) COMMENT 'Of the table',
    `Since` DateTime64(9) COMMENT 'All samples with this Timestamp or a later one are in it'
)
ENGINE = MergeTree
ORDER BY Name
SETTINGS index_granularity = 8192, non_replicated_deduplication_window = 10000;

-- Rows of an earlier version may be as late as DateTime64(9) goes, to which nothing can be added: hence
-- the millisecond before its end.
INSERT INTO ${DATABASE}.otel_profiles_coverage
SELECT
    name,
    if(
        (SELECT count() FROM ${DATABASE}.otel_profiles) = 0,
        toDateTime64(0, 9, 'UTC'),
        greatest(
            now64(9, 'UTC'),
            least(
                (SELECT max(Timestamp) FROM ${DATABASE}.otel_profiles),
                toDateTime64('2262-04-11 23:47:16.853775807', 9, 'UTC')
            )
        ) + toIntervalMillisecond(1)
    ) AS since
FROM
(
    SELECT arrayJoin([
        'otel_profiles_rollup_1m', 'otel_profiles_rollup_1h', 'otel_profiles_rollup_1d',
        'otel_profiles_functions_1h', 'otel_profiles_functions_1d',
        'otel_profiles_kv_rollup_15m', 'otel_profiles_sampled_25'
    ]) AS name
)
WHERE name NOT IN (SELECT Name FROM ${DATABASE}.otel_profiles_coverage)
SETTINGS deduplicate_insert_select = 'disable';
