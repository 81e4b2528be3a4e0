-- +goose Up
-- Profiles: samples, stacks and frames. How they get here: 00010. What is summed up of them: 00011.

-- One row per sample of a profile: who (service, resource), what (profile type), when, which stack,
-- how much. A flame graph is sum(Value) by StackId.
--
-- Types and codecs are chosen by what 26.7 makes of them, on a day of a fleet (bench/storage):
--
--   attribute maps    Map(LowCardinality, LowCardinality) takes 1/7 of Map(LowCardinality, String):
--                     the same few texts come again and again. ZSTD(1) misses repetition that
--                     ZSTD(3) finds.
--   StackId           as LowCardinality 1.6 bytes a sample, as a number 3.4: a part has few stacks.
--   times             of a profiler mean milliseconds. Kept to the nanosecond, the rest is noise
--                     that cannot be compressed: half of what they would take.
--   EventOffsets      rounded, so that ticks of a 20 Hz clock are multiples of 50.
--   T64, DoubleDelta, fixed-width ids: larger, or no smaller.
--
-- Threads and cores on a sample change from row to row, so a text index of them would be larger
-- than they are: they get a bloom filter.
CREATE TABLE IF NOT EXISTS ${DATABASE}.otel_profiles
(
    `Timestamp` DateTime64(9) COMMENT 'Start of the window in which it was collected, to the millisecond' CODEC(Delta(8), ZSTD(3)),
    `ServiceName` LowCardinality(String) COMMENT 'service.name, else the Kubernetes workload, else the executable' CODEC(ZSTD(3)),
    `ProfileType` LowCardinality(String) COMMENT 'SampleType:SampleUnit:PeriodType:PeriodUnit, as the producer names them' CODEC(ZSTD(3)),
    `Unit` LowCardinality(String) COMMENT 'Unit of Value: nanoseconds, bytes, count and others' CODEC(ZSTD(3)),
    `StackId` LowCardinality(UInt64) COMMENT 'Of otel_profiles_stacks' CODEC(ZSTD(1)),
    `Value` Int64 COMMENT 'Weight in Unit: time even where the producer counted samples' CODEC(ZSTD(3)),
    `Count` UInt32 COMMENT 'How many samples of the profiler stand behind it' CODEC(ZSTD(3)),
    `EventOffsets` Array(UInt32) COMMENT 'Milliseconds after Timestamp, one per event, where the producer gave times' CODEC(ZSTD(3)),
    `EventValues` Array(Int64) COMMENT 'Value of each event in Unit, where they differ: else empty' CODEC(ZSTD(3)),
    `DurationNano` LowCardinality(UInt64) COMMENT 'Length of the window, in whole milliseconds' CODEC(ZSTD(3)),
    `Period` Int64 COMMENT 'Units of the period type between two samples' CODEC(ZSTD(3)),
    `TraceId` String COMMENT 'Lower-case hex, empty where the sample has no link' CODEC(ZSTD(1)),
    `SpanId` String COMMENT 'Lower-case hex, empty where the sample has no link' CODEC(ZSTD(1)),
    `ResourceAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(3)),
    `SampleAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(6)),
    `ProfileAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(3)),
    `ScopeName` LowCardinality(String) CODEC(ZSTD(3)),
    `ScopeVersion` LowCardinality(String) CODEC(ZSTD(3)),
    `ProfileId` String COMMENT 'Lower-case hex' CODEC(ZSTD(1)),
    `ResourceId` UInt64 MATERIALIZED cityHash64(ResourceAttributes) COMMENT 'Same for all samples of one process' CODEC(ZSTD(3)),
    `__hdx_materialized_k8s.cluster.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.cluster.name'] CODEC(ZSTD(3)),
    `__hdx_materialized_k8s.namespace.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.namespace.name'] CODEC(ZSTD(3)),
    `__hdx_materialized_k8s.deployment.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.deployment.name'] CODEC(ZSTD(3)),
    `__hdx_materialized_k8s.node.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.node.name'] CODEC(ZSTD(3)),
    `__hdx_materialized_k8s.pod.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.pod.name'] CODEC(ZSTD(3)),
    `__hdx_materialized_k8s.pod.uid` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.pod.uid'] CODEC(ZSTD(3)),
    `__hdx_materialized_k8s.container.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.container.name'] CODEC(ZSTD(3)),
    `__hdx_materialized_service.namespace` LowCardinality(String) MATERIALIZED ResourceAttributes['service.namespace'] CODEC(ZSTD(3)),
    `__hdx_materialized_service.instance.id` LowCardinality(String) MATERIALIZED ResourceAttributes['service.instance.id'] CODEC(ZSTD(3)),
    `__hdx_materialized_deployment.environment.name` LowCardinality(String) MATERIALIZED ResourceAttributes['deployment.environment.name'] CODEC(ZSTD(3)),
    `ResourceAttributeItems` Array(String) ALIAS arrayMap(item -> concat(item.1, '=', item.2), ResourceAttributes::Array(Tuple(String, String))),
    `SampleAttributeItems` Array(String) ALIAS arrayMap(item -> concat(item.1, '=', item.2), SampleAttributes::Array(Tuple(String, String))),
    `ProfileAttributeItems` Array(String) ALIAS arrayMap(item -> concat(item.1, '=', item.2), ProfileAttributes::Array(Tuple(String, String))),
    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_span_id SpanId TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_res_attr_key mapKeys(ResourceAttributes) TYPE text(tokenizer = 'array'),
    INDEX idx_res_attr_items ResourceAttributeItems TYPE text(tokenizer = 'array'),
    INDEX idx_sample_attr_key mapKeys(SampleAttributes) TYPE text(tokenizer = 'array'),
    INDEX idx_sample_attr_items SampleAttributeItems TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_profile_attr_key mapKeys(ProfileAttributes) TYPE text(tokenizer = 'array'),
    INDEX idx_profile_attr_items ProfileAttributeItems TYPE text(tokenizer = 'array'),
    INDEX idx_timestamp Timestamp TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toDate(Timestamp)
-- One process's rows lie together, so its attributes cost next to nothing, within an hour, so that a
-- question about minutes of a service reads no more than that hour of it. What follows the time only
-- brings equal ids and equal offsets together.
PRIMARY KEY (ServiceName, ProfileType, toStartOfHour(Timestamp))
ORDER BY (ServiceName, ProfileType, toStartOfHour(Timestamp), ResourceId, Timestamp, TraceId, SpanId, EventOffsets)
TTL toDate(Timestamp) + ${TABLES_TTL}
-- An insert is known again by the bytes of its part, and sparse columns, which come and go with what
-- older parts hold, would change them.
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000,
    ratio_of_defaults_for_sparse_serialization = 1, allow_suspicious_low_cardinality_types = 1;

-- Each distinct stack once, at two levels:
--
--   line level       main:12 → work:40      what the rows of otel_profiles name
--   function level   main    → work         what the rollups name: line 0, and no address where there
--                                           is a name. Flame graphs do not draw lines, and a fleet
--                                           has half as many stacks without them.
--
-- A function-level stack is a row like any other, and its own FunctionStackId. It stays as long as
-- the rollup by day, the others two days longer than the samples, which go by whole days. Ids are
-- looked up one by one, all over the table: hence small granules, here and in the frames.
CREATE TABLE IF NOT EXISTS ${DATABASE}.otel_profiles_stacks
(
    `StackId` UInt64 COMMENT 'Hash of FrameIds',
    `FrameIds` Array(UInt64) COMMENT 'Of otel_profiles_frames, leaf first' CODEC(ZSTD(3)),
    `FunctionStackId` UInt64 COMMENT 'The same stack at function level' CODEC(ZSTD(1)),
    `LastSeen` DateTime CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(LastSeen)
ORDER BY StackId
TTL LastSeen + ${TABLES_TTL} + toIntervalDay(2) DELETE WHERE StackId != FunctionStackId,
    greatest(LastSeen + ${TABLES_TTL} + toIntervalDay(2), LastSeen + toIntervalDay(400)) DELETE
SETTINGS index_granularity = 256, non_replicated_deduplication_window = 10000, ratio_of_defaults_for_sparse_serialization = 1;

-- Each distinct frame once, at both levels: a function called at a line, a function, or an address
-- nobody has a name for.
CREATE TABLE IF NOT EXISTS ${DATABASE}.otel_profiles_frames
(
    `FrameId` UInt64 COMMENT 'Hash of function, file, line, mapping and address',
    `FunctionName` String COMMENT 'Empty for an address without a symbol' CODEC(ZSTD(3)),
    `SystemName` String COMMENT 'As the linker knows it, where it differs' CODEC(ZSTD(3)),
    `FileName` LowCardinality(String) CODEC(ZSTD(3)),
    `Line` UInt32 COMMENT '0 where unknown, and at function level' CODEC(ZSTD(1)),
    `Column` UInt32 COMMENT '0 where unknown, and at function level' CODEC(ZSTD(1)),
    `MappingName` LowCardinality(String) COMMENT 'Binary or library' CODEC(ZSTD(3)),
    `BuildId` LowCardinality(String) CODEC(ZSTD(1)),
    `Address` UInt64 COMMENT 'In the mapping; for interpreters whatever the producer put there' CODEC(ZSTD(1)),
    `Kind` LowCardinality(String) COMMENT 'profile.frame.type: native, kernel, jvm, go and others, or unknown' CODEC(ZSTD(1)),
    `LastSeen` DateTime CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(LastSeen)
ORDER BY FrameId
TTL LastSeen + ${TABLES_TTL} + toIntervalDay(2) DELETE WHERE Line != 0 OR (Address != 0 AND FunctionName != ''),
    greatest(LastSeen + ${TABLES_TTL} + toIntervalDay(2), LastSeen + toIntervalDay(400)) DELETE
SETTINGS index_granularity = 256, non_replicated_deduplication_window = 10000, ratio_of_defaults_for_sparse_serialization = 1;
