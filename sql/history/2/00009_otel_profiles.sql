-- +goose Up
-- Profiles: what is stored. How it gets here: 00010.

-- One row per sample of a profile: who (service, resource), what (profile type), when, which stack,
-- how much. A flame graph is sum(Value) by StackId.
CREATE TABLE IF NOT EXISTS ${DATABASE}.otel_profiles
(
    `Timestamp` DateTime64(9) COMMENT 'Start of the window in which it was collected' CODEC(Delta(8), ZSTD(1)),
    `ServiceName` LowCardinality(String) COMMENT 'service.name, else the Kubernetes workload, else the executable' CODEC(ZSTD(1)),
    `ProfileType` LowCardinality(String) COMMENT 'SampleType:SampleUnit:PeriodType:PeriodUnit, as the producer names them' CODEC(ZSTD(1)),
    `Unit` LowCardinality(String) COMMENT 'Unit of Value: nanoseconds, bytes, count and others' CODEC(ZSTD(1)),
    `StackId` UInt64 COMMENT 'Of otel_profiles_stacks' CODEC(ZSTD(1)),
    `Value` Int64 COMMENT 'Weight in Unit: time even where the producer counted samples' CODEC(T64, ZSTD(1)),
    `Count` UInt32 COMMENT 'How many samples of the profiler stand behind it' CODEC(T64, ZSTD(1)),
    `EventOffsets` Array(UInt32) COMMENT 'Milliseconds after Timestamp, one per event, where the producer gave times' CODEC(ZSTD(1)),
    `EventValues` Array(Int64) COMMENT 'Value of each event in Unit, where they differ: else empty' CODEC(ZSTD(1)),
    `DurationNano` UInt64 COMMENT 'Length of the window' CODEC(ZSTD(1)),
    `Period` Int64 COMMENT 'Units of the period type between two samples' CODEC(ZSTD(1)),
    `TraceId` String COMMENT 'Lower-case hex, empty where the sample has no link' CODEC(ZSTD(1)),
    `SpanId` String COMMENT 'Lower-case hex, empty where the sample has no link' CODEC(ZSTD(1)),
    `ResourceAttributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `SampleAttributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `ProfileAttributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `ScopeName` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeVersion` LowCardinality(String) CODEC(ZSTD(1)),
    `ProfileId` String COMMENT 'Lower-case hex' CODEC(ZSTD(1)),
    `ResourceId` UInt64 MATERIALIZED cityHash64(ResourceAttributes) COMMENT 'Same for all samples of one process' CODEC(ZSTD(1)),
    `__hdx_materialized_k8s.cluster.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.cluster.name'] CODEC(ZSTD(1)),
    `__hdx_materialized_k8s.namespace.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.namespace.name'] CODEC(ZSTD(1)),
    `__hdx_materialized_k8s.deployment.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.deployment.name'] CODEC(ZSTD(1)),
    `__hdx_materialized_k8s.node.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.node.name'] CODEC(ZSTD(1)),
    `__hdx_materialized_k8s.pod.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.pod.name'] CODEC(ZSTD(1)),
    `__hdx_materialized_k8s.pod.uid` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.pod.uid'] CODEC(ZSTD(1)),
    `__hdx_materialized_k8s.container.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.container.name'] CODEC(ZSTD(1)),
    `__hdx_materialized_service.namespace` LowCardinality(String) MATERIALIZED ResourceAttributes['service.namespace'] CODEC(ZSTD(1)),
    `__hdx_materialized_service.instance.id` LowCardinality(String) MATERIALIZED ResourceAttributes['service.instance.id'] CODEC(ZSTD(1)),
    `__hdx_materialized_deployment.environment.name` LowCardinality(String) MATERIALIZED ResourceAttributes['deployment.environment.name'] CODEC(ZSTD(1)),
    `ResourceAttributeItems` Array(String) ALIAS arrayMap(item -> concat(item.1, '=', item.2), ResourceAttributes::Array(Tuple(String, String))),
    `SampleAttributeItems` Array(String) ALIAS arrayMap(item -> concat(item.1, '=', item.2), SampleAttributes::Array(Tuple(String, String))),
    `ProfileAttributeItems` Array(String) ALIAS arrayMap(item -> concat(item.1, '=', item.2), ProfileAttributes::Array(Tuple(String, String))),
    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_span_id SpanId TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_res_attr_key mapKeys(ResourceAttributes) TYPE text(tokenizer = 'array'),
    INDEX idx_res_attr_items ResourceAttributeItems TYPE text(tokenizer = 'array'),
    INDEX idx_sample_attr_key mapKeys(SampleAttributes) TYPE text(tokenizer = 'array'),
    INDEX idx_sample_attr_items SampleAttributeItems TYPE text(tokenizer = 'array'),
    INDEX idx_profile_attr_key mapKeys(ProfileAttributes) TYPE text(tokenizer = 'array'),
    INDEX idx_profile_attr_items ProfileAttributeItems TYPE text(tokenizer = 'array'),
    INDEX idx_timestamp Timestamp TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toDate(Timestamp)
-- One process's rows lie together, so its attributes cost next to nothing, within an hour, so that a
-- question about minutes of a service reads no more than that hour of it.
PRIMARY KEY (ServiceName, ProfileType, toStartOfHour(Timestamp))
ORDER BY (ServiceName, ProfileType, toStartOfHour(Timestamp), ResourceId, Timestamp)
TTL toDate(Timestamp) + ${TABLES_TTL}
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1, non_replicated_deduplication_window = 1000;

-- Each distinct stack once. Kept two days longer than the samples, which go by whole days.
CREATE TABLE IF NOT EXISTS ${DATABASE}.otel_profiles_stacks
(
    `StackId` UInt64 COMMENT 'Hash of FrameIds',
    `FrameIds` Array(UInt64) COMMENT 'Of otel_profiles_frames, leaf first' CODEC(ZSTD(3)),
    `LastSeen` DateTime CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(LastSeen)
ORDER BY StackId
TTL LastSeen + ${TABLES_TTL} + toIntervalDay(2)
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;

-- Each distinct frame once: a function called at a line, or an address nobody has a name for.
CREATE TABLE IF NOT EXISTS ${DATABASE}.otel_profiles_frames
(
    `FrameId` UInt64 COMMENT 'Hash of function, file, line, mapping and address',
    `FunctionName` String COMMENT 'Empty for an address without a symbol' CODEC(ZSTD(3)),
    `SystemName` String COMMENT 'As the linker knows it, where it differs' CODEC(ZSTD(3)),
    `FileName` LowCardinality(String) CODEC(ZSTD(3)),
    `Line` UInt32 COMMENT '0 where unknown' CODEC(ZSTD(1)),
    `Column` UInt32 COMMENT '0 where unknown' CODEC(ZSTD(1)),
    `MappingName` LowCardinality(String) COMMENT 'Binary or library' CODEC(ZSTD(3)),
    `BuildId` LowCardinality(String) CODEC(ZSTD(1)),
    `Address` UInt64 COMMENT 'In the mapping; for interpreters whatever the producer put there' CODEC(ZSTD(1)),
    `Kind` LowCardinality(String) COMMENT 'profile.frame.type: native, kernel, jvm, go and others, or unknown' CODEC(ZSTD(1)),
    `LastSeen` DateTime CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(LastSeen)
ORDER BY FrameId
TTL LastSeen + ${TABLES_TTL} + toIntervalDay(2)
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;
