-- +goose Up
-- Profiles: how they get into the tables of 00009.
--
--   Collector ─▶ otel_profiles_ingest ─▶ otel_profiles_samples ─┬▶ otel_profiles
--                (its columns)            (ours)                ├▶ otel_profiles_stacks
--                                                               ├▶ otel_profiles_frames
--                                                               └▶ … (00011)
--
-- The two in the middle store nothing: an insert passes through them in memory. Whatever else learns
-- to bring profiles fills otel_profiles_samples.

-- The columns that the Collector's clickhouse exporter (v0.161) inserts, in its order, and after them
-- what it leaves out and others may give: parallel to the frames, or empty.
CREATE TABLE IF NOT EXISTS ${DATABASE}.otel_profiles_ingest
(
    `Timestamp` DateTime64(9),
    `ProfileId` String,
    `SampleType` LowCardinality(String),
    `SampleUnit` LowCardinality(String),
    `ServiceName` LowCardinality(String),
    `ResourceAttributes` Map(LowCardinality(String), String),
    `ScopeName` String,
    `ScopeVersion` String,
    `ProfileAttributes` Map(LowCardinality(String), String),
    `SampleAttributes` Map(LowCardinality(String), String),
    `StackHash` UInt64,
    `Addresses` Array(UInt64),
    `FunctionNames` Array(LowCardinality(String)),
    `FileNames` Array(LowCardinality(String)),
    `LineNumbers` Array(Int32),
    `MappingFileNames` Array(LowCardinality(String)),
    `Values` Array(Int64),
    `TimestampsUnixNano` Array(UInt64),
    `DurationNano` UInt64,
    `Period` Int64,
    `PeriodType` LowCardinality(String),
    `PeriodUnit` LowCardinality(String),
    `TraceId` String,
    `SpanId` String,
    `SystemNames` Array(String),
    `ColumnNumbers` Array(UInt32),
    `BuildIds` Array(String),
    `Kinds` Array(String)
)
ENGINE = Null;

-- A sample as otel_profiles has it, with its frames written out, leaf first. The frame arrays are
-- parallel; SystemNames, Columns, BuildIds and Kinds may be shorter, also empty: what is missing is
-- unknown. The ids are made here, so that they are the same by whichever door a sample comes:
--
--   frame at line level       f, main.go, 12, /bin/app, 0x4a0   →  FrameIds
--   frame at function level   f, main.go,  0, /bin/app, 0       →  FunctionIds
--   without a name             ,        ,  0, /bin/app, 0x4a0   →  the same in both
--
-- A Timestamp is of 1970-01-01 to 2056-01-01 (why: below).
--
-- The comment is the version of all the profile tables and views: one more than the newest folder of
-- sql/history. "migrate" refuses to take a newer one back.
--
-- The exporter's own StackHash covers names and files only: all stacks of one depth without symbols
-- would be one. So each frame is hashed with all that is known of it.
CREATE TABLE IF NOT EXISTS ${DATABASE}.otel_profiles_samples
(
    `Timestamp` DateTime64(9),
    `ServiceName` LowCardinality(String),
    `ProfileType` LowCardinality(String),
    `Unit` LowCardinality(String),
    `Value` Int64,
    `Count` UInt32,
    `EventOffsets` Array(UInt32),
    `EventValues` Array(Int64),
    `DurationNano` UInt64,
    `Period` Int64,
    `TraceId` String,
    `SpanId` String,
    `ResourceAttributes` Map(LowCardinality(String), String),
    `SampleAttributes` Map(LowCardinality(String), String),
    `ProfileAttributes` Map(LowCardinality(String), String),
    `ScopeName` LowCardinality(String),
    `ScopeVersion` LowCardinality(String),
    `ProfileId` String,
    `FunctionNames` Array(String),
    `SystemNames` Array(String),
    `FileNames` Array(String),
    `Lines` Array(UInt32),
    `Columns` Array(UInt32),
    `MappingNames` Array(String),
    `BuildIds` Array(String),
    `Addresses` Array(UInt64),
    `Kinds` Array(String),
    `FrameIds` Array(UInt64) MATERIALIZED arrayMap(
        (name, file, line, mapping, address) -> cityHash64(name, file, line, mapping, address),
        FunctionNames, FileNames, Lines, MappingNames, Addresses
    ),
    `StackId` UInt64 MATERIALIZED cityHash64(FrameIds),
    `FunctionIds` Array(UInt64) MATERIALIZED arrayMap(
        (name, file, mapping, address) -> cityHash64(name, file, toUInt32(0), mapping, if(name = '', address, 0)),
        FunctionNames, FileNames, MappingNames, Addresses
    ),
    `FunctionStackId` UInt64 MATERIALIZED cityHash64(FunctionIds)
)
ENGINE = Null
COMMENT 'Hyperflame schema 5';

-- Weights. A producer says how much a sample weighs in one of four ways:
--
--                  Values      times       weight            example
--   eBPF on-CPU    none        one each    number of times   3 times × 50 ms period = 150 ms
--   eBPF off-CPU   parallel    one each    sum of Values     4 ms + 7 ms = 11 ms
--   eBPF probes    none        one each    number of times   3
--   pprof          one         none        the value         120 ms, or 512 bytes
--
-- Where it counted samples (unit "count") of a clock (period in nanoseconds), time is what a person
-- wants to read: weight × Period. The sums are of 128 bits and end at the edges of Int64, so that no
-- value, however wrong, turns into its opposite. By clamp(): ClickHouse 26.7 compiles least() and
-- greatest() of 128 bits wrongly, from their third run on.
CREATE MATERIALIZED VIEW IF NOT EXISTS ${DATABASE}.otel_profiles_ingest_mv
TO ${DATABASE}.otel_profiles_samples
AS WITH
    toInt128(9223372036854775807) AS Most,
    toInt128(-9223372036854775808) AS Least,
    landed.SampleUnit = 'count' AND landed.PeriodUnit = 'nanoseconds' AND landed.Period > 0 AS OfAClock,
    toInt128(if(OfAClock, landed.Period, 1)) AS PerCount,
    if(
        empty(landed.Values),
        toInt128(length(landed.TimestampsUnixNano)),
        arrayReduce('sum', arrayMap(v -> toInt128(v), landed.Values))
    ) AS Weight,
    length(landed.Values) > 1 AND length(landed.Values) = length(landed.TimestampsUnixNano) AS OnePerEvent,
    -- A profile without a time of its own began with its first event. A time that cannot be is the
    -- nearest of 1970-01-01 and 2056-01-01: DateTime, which the rollups and the times to live have,
    -- ends in 2106, and 50 years are the longest that "migrate" lets anything stay.
    clamp(
        if(
            toUnixTimestamp64Nano(landed.Timestamp) = 0 AND notEmpty(landed.TimestampsUnixNano),
            toInt64(least(arrayMin(landed.TimestampsUnixNano), toUInt64(Most))),
            toUnixTimestamp64Nano(landed.Timestamp)
        ),
        toInt64(0), toInt64(2713910400000000000)
    ) AS Nano,
    Nano - Nano % 1000000 AS StartNano,
    -- To the nearest millisecond after the start: 49.7 → 50.
    arrayMap(
        t -> toUInt32(clamp(intDiv(toInt64(least(t, toUInt64(Most) - 500000)) - StartNano + 500000, 1000000), 0, 4294967295)),
        landed.TimestampsUnixNano
    ) AS Offsets
SELECT
    fromUnixTimestamp64Nano(StartNano, 'UTC') AS Timestamp,
    -- Most eBPF data has no service.name; older profilers put the process on the sample.
    arrayFirst(name -> name != '', [
        toString(landed.ServiceName),
        landed.ResourceAttributes['service.name'],
        landed.ResourceAttributes['k8s.deployment.name'],
        landed.ResourceAttributes['k8s.statefulset.name'],
        landed.ResourceAttributes['k8s.daemonset.name'],
        landed.ResourceAttributes['k8s.cronjob.name'],
        landed.ResourceAttributes['k8s.job.name'],
        landed.ResourceAttributes['process.executable.name'],
        landed.SampleAttributes['process.executable.name'],
        basename(landed.ResourceAttributes['process.executable.path']),
        basename(landed.SampleAttributes['process.executable.path'])
    ]) AS ServiceName,
    concat(landed.SampleType, ':', landed.SampleUnit, ':', landed.PeriodType, ':', landed.PeriodUnit) AS ProfileType,
    if(OfAClock, 'nanoseconds', toString(landed.SampleUnit)) AS Unit,
    toInt64(clamp(Weight * PerCount, Least, Most)) AS Value,
    toUInt32(multiIf(
        notEmpty(landed.TimestampsUnixNano), toInt128(length(landed.TimestampsUnixNano)),
        landed.SampleUnit = 'count', clamp(Weight, toInt128(0), toInt128(4294967295)),
        -- 1.25 s of CPU at a period of 10 ms: 125 samples.
        landed.Period > 0 AND landed.PeriodUnit = landed.SampleUnit,
            clamp(intDiv(Weight + intDiv(landed.Period, 2), greatest(landed.Period, 1)), toInt128(1), toInt128(4294967295)),
        toInt128(1)
    )) AS Count,
    -- In the order of time, which compresses, unless a value belongs to each.
    if(OnePerEvent, Offsets, arraySort(Offsets)) AS EventOffsets,
    arrayMap(
        v -> toInt64(clamp(toInt128(v) * PerCount, Least, Most)),
        if(OnePerEvent, landed.Values, [])
    ) AS EventValues,
    if(
        landed.DurationNano BETWEEN 1000000 AND toUInt64(Most),
        intDiv(landed.DurationNano + 500000, 1000000) * 1000000,
        landed.DurationNano
    ) AS DurationNano,
    landed.Period AS Period,
    landed.TraceId AS TraceId,
    landed.SpanId AS SpanId,
    landed.ResourceAttributes AS ResourceAttributes,
    landed.SampleAttributes AS SampleAttributes,
    landed.ProfileAttributes AS ProfileAttributes,
    landed.ScopeName AS ScopeName,
    landed.ScopeVersion AS ScopeVersion,
    landed.ProfileId AS ProfileId,
    landed.FunctionNames::Array(String) AS FunctionNames,
    landed.SystemNames AS SystemNames,
    landed.FileNames::Array(String) AS FileNames,
    arrayMap(line -> toUInt32(greatest(line, 0)), landed.LineNumbers) AS Lines,
    landed.ColumnNumbers AS Columns,
    landed.MappingFileNames::Array(String) AS MappingNames,
    landed.BuildIds AS BuildIds,
    landed.Addresses AS Addresses,
    landed.Kinds AS Kinds
FROM ${DATABASE}.otel_profiles_ingest AS landed;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${DATABASE}.otel_profiles_mv
TO ${DATABASE}.otel_profiles
AS SELECT
    Timestamp, ServiceName, ProfileType, Unit, StackId, Value, Count, EventOffsets, EventValues,
    DurationNano, Period, TraceId, SpanId, ResourceAttributes, SampleAttributes, ProfileAttributes,
    ScopeName, ScopeVersion, ProfileId
FROM ${DATABASE}.otel_profiles_samples;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${DATABASE}.otel_profiles_stacks_mv
TO ${DATABASE}.otel_profiles_stacks
AS SELECT
    stack.1 AS StackId,
    any(stack.2) AS FrameIds,
    any(function_stack) AS FunctionStackId,
    max(seen) AS LastSeen
FROM
(
    SELECT
        any(samples.FunctionStackId) AS function_stack,
        arrayDistinct([
            (samples.StackId, any(samples.FrameIds)),
            (function_stack, any(samples.FunctionIds))
        ]) AS stacks,
        max(toDateTime(samples.Timestamp)) AS seen
    FROM ${DATABASE}.otel_profiles_samples AS samples
    GROUP BY samples.StackId
)
ARRAY JOIN stacks AS stack
GROUP BY StackId;

-- The exporter drops the frame's kind, so it is inferred where it is missing: by the mapping, by the
-- file's extension, by what a runtime calls its own frames.
CREATE MATERIALIZED VIEW IF NOT EXISTS ${DATABASE}.otel_profiles_frames_mv
TO ${DATABASE}.otel_profiles_frames
AS WITH extract(file, '\\.([A-Za-z]+)$') AS extension
SELECT
    level.1 AS FrameId,
    any(FunctionName) AS FunctionName,
    any(SystemName) AS SystemName,
    any(FileName) AS FileName,
    any(level.2) AS Line,
    any(level.3) AS Column,
    any(MappingName) AS MappingName,
    any(BuildId) AS BuildId,
    any(level.4) AS Address,
    any(Kind) AS Kind,
    max(seen) AS LastSeen
FROM
(
    SELECT
        any(name) AS FunctionName,
        any(system_name) AS SystemName,
        any(file) AS FileName,
        any(mapping) AS MappingName,
        any(build_id) AS BuildId,
        any(multiIf(
            kind != '', kind,
            mapping = 'vmlinux' OR startsWith(mapping, '[kernel') OR startsWith(mapping, '[guest.kernel') OR endsWith(mapping, '.ko'), 'kernel',
            startsWith(file, 'node:') OR startsWith(name, 'V8::') OR extension IN ('js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx'), 'v8js',
            file = '' AND name IN ('(garbage collector)', '(program)', '(idle)', '(root)'), 'v8js',
            file = '<autogenerated>' OR extension IN ('go', 's'), 'go',
            extension IN ('java', 'kt', 'scala', 'groovy', 'clj') OR startsWith(name, 'StubRoutines'), 'jvm',
            startsWith(file, '<frozen ') OR extension IN ('py', 'pyx'), 'cpython',
            endsWith(mapping, '.dll') OR extension IN ('cs', 'fs', 'vb'), 'dotnet',
            extension = 'rb', 'ruby',
            extension = 'php', 'php',
            extension IN ('pl', 'pm'), 'perl',
            extension IN ('ex', 'exs', 'erl'), 'beam',
            extension = 'lua', 'luajit',
            extension = 'rs', 'rust',
            extension IN ('c', 'cc', 'cpp', 'cxx', 'h', 'hh', 'hpp', 'S'), 'native',
            -- A kernel module: named like no file, with symbols but without sources.
            name != '' AND file = '' AND match(mapping, '^[a-z0-9_]+$'), 'kernel',
            mapping != '', 'native',
            -- "void Shop$$Lambda$2+<hidden>.run()": of code without a mapping only Java's has a signature.
            match(name, '^[^(]+ [^ (]+\\(.*\\)$'), 'jvm',
            'unknown'
        )) AS Kind,
        -- The frame at both levels: id, line, column, address.
        arrayDistinct([
            (frame_id, any(line), any(col), any(address)),
            (any(function_id), toUInt32(0), toUInt32(0), if(FunctionName = '', any(address), 0))
        ]) AS levels,
        max(seen) AS seen
    FROM
    (
        SELECT
            any(samples.FrameIds) AS frame_ids,
            any(samples.FunctionIds) AS function_ids,
            any(samples.FunctionNames) AS names,
            any(samples.FileNames) AS files,
            any(samples.Lines) AS lines,
            any(samples.MappingNames) AS mappings,
            any(samples.Addresses) AS addresses,
            arrayResize(any(samples.SystemNames), length(frame_ids), '') AS system_names,
            arrayResize(any(samples.Columns), length(frame_ids), 0) AS columns,
            arrayResize(any(samples.BuildIds), length(frame_ids), '') AS build_ids,
            arrayResize(any(samples.Kinds), length(frame_ids), '') AS kinds,
            max(toDateTime(samples.Timestamp)) AS seen
        FROM ${DATABASE}.otel_profiles_samples AS samples
        GROUP BY samples.StackId
    )
    ARRAY JOIN
        frame_ids AS frame_id,
        function_ids AS function_id,
        names AS name,
        system_names AS system_name,
        files AS file,
        lines AS line,
        columns AS col,
        mappings AS mapping,
        build_ids AS build_id,
        addresses AS address,
        kinds AS kind
    GROUP BY frame_id
)
ARRAY JOIN levels AS level
GROUP BY FrameId;
