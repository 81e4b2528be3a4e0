-- Brings the tables of an earlier version to what 00009 and 00010 make. `hyperflame migrate` runs it
-- before 00010, where it finds views of an earlier version, and gives these the query of today at the
-- very end: whatever stops it, the next run begins again and finds done what is done.

ALTER TABLE ${DATABASE}.otel_profiles_ingest
    ADD COLUMN IF NOT EXISTS `SystemNames` Array(String),
    ADD COLUMN IF NOT EXISTS `ColumnNumbers` Array(UInt32),
    ADD COLUMN IF NOT EXISTS `BuildIds` Array(String),
    ADD COLUMN IF NOT EXISTS `Kinds` Array(String);

-- The views of an earlier version bring the ids. From here on inserts fail, and are sent again, until
-- these are the newer ones: nothing is added while the rest goes on.
ALTER TABLE ${DATABASE}.otel_profiles_samples
    MODIFY COLUMN `FrameIds` Array(UInt64) MATERIALIZED arrayMap(
        (name, file, line, mapping, address) -> cityHash64(name, file, line, mapping, address),
        FunctionNames, FileNames, Lines, MappingNames, Addresses
    ),
    MODIFY COLUMN `StackId` UInt64 MATERIALIZED cityHash64(FrameIds),
    ADD COLUMN IF NOT EXISTS `FunctionIds` Array(UInt64) MATERIALIZED arrayMap(
        (name, file, mapping, address) -> cityHash64(name, file, toUInt32(0), mapping, if(name = '', address, 0)),
        FunctionNames, FileNames, MappingNames, Addresses
    ),
    ADD COLUMN IF NOT EXISTS `FunctionStackId` UInt64 MATERIALIZED cityHash64(FunctionIds);

-- What is stored is rewritten in the background and can be read meanwhile; the order of its rows stays.
ALTER TABLE ${DATABASE}.otel_profiles
    MODIFY COLUMN `StackId` LowCardinality(UInt64) CODEC(ZSTD(1)),
    MODIFY COLUMN `Value` Int64 CODEC(ZSTD(3)),
    MODIFY COLUMN `Count` UInt32 CODEC(ZSTD(3)),
    MODIFY COLUMN `EventOffsets` Array(UInt32) CODEC(ZSTD(3)),
    MODIFY COLUMN `DurationNano` LowCardinality(UInt64) CODEC(ZSTD(3)),
    MODIFY COLUMN `ResourceAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(3)),
    MODIFY COLUMN `SampleAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(6)),
    MODIFY COLUMN `ProfileAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(3)),
    MODIFY SETTING ratio_of_defaults_for_sparse_serialization = 1, non_replicated_deduplication_window = 10000
SETTINGS allow_suspicious_low_cardinality_types = 1, alter_sync = 0;

ALTER TABLE ${DATABASE}.otel_profiles_stacks
    ADD COLUMN IF NOT EXISTS `FunctionStackId` UInt64 COMMENT 'The same stack at function level' CODEC(ZSTD(1)) AFTER FrameIds,
    MODIFY SETTING ratio_of_defaults_for_sparse_serialization = 1, non_replicated_deduplication_window = 10000;

ALTER TABLE ${DATABASE}.otel_profiles_stacks MODIFY
TTL LastSeen + ${TABLES_TTL} + toIntervalDay(2) DELETE WHERE StackId != FunctionStackId,
    greatest(LastSeen + ${TABLES_TTL} + toIntervalDay(2), LastSeen + toIntervalDay(400)) DELETE
SETTINGS materialize_ttl_after_modify = 0;

ALTER TABLE ${DATABASE}.otel_profiles_frames MODIFY SETTING ratio_of_defaults_for_sparse_serialization = 1, non_replicated_deduplication_window = 10000;

ALTER TABLE ${DATABASE}.otel_profiles_frames MODIFY
TTL LastSeen + ${TABLES_TTL} + toIntervalDay(2) DELETE WHERE Line != 0 OR (Address != 0 AND FunctionName != ''),
    greatest(LastSeen + ${TABLES_TTL} + toIntervalDay(2), LastSeen + toIntervalDay(400)) DELETE
SETTINGS materialize_ttl_after_modify = 0;

-- Their stacks at function level: the frames, then the stacks themselves in the place of what they were.
INSERT INTO ${DATABASE}.otel_profiles_frames
SELECT
    cityHash64(FunctionName, toString(FileName), toUInt32(0), toString(MappingName), toUInt64(0)) AS FrameId,
    FunctionName, any(frames.SystemName), FileName, 0, 0, MappingName, any(frames.BuildId), 0, any(frames.Kind),
    max(frames.LastSeen)
FROM ${DATABASE}.otel_profiles_frames AS frames
WHERE FunctionName != '' AND (SELECT count() FROM ${DATABASE}.otel_profiles_stacks WHERE FunctionStackId = 0) > 0
GROUP BY FunctionName, FileName, MappingName
HAVING FrameId NOT IN (SELECT FrameId FROM ${DATABASE}.otel_profiles_frames);

INSERT INTO ${DATABASE}.otel_profiles_stacks
SELECT stack.1, stack.2, FunctionStackId, seen
FROM
(
    SELECT
        any(frames) AS line_frames,
        arrayMap(pair -> pair.2, arraySort(groupArrayIf((place, function), place > 0))) AS function_frames,
        cityHash64(function_frames) AS FunctionStackId,
        arrayDistinct([(StackId, line_frames), (FunctionStackId, function_frames)]) AS both,
        max(LastSeen) AS seen
    FROM
    (
        SELECT StackId, frames, LastSeen, FrameId, place
        FROM
        (
            SELECT StackId, any(FrameIds) AS frames, max(stacks.LastSeen) AS LastSeen
            FROM ${DATABASE}.otel_profiles_stacks AS stacks
            GROUP BY StackId
            HAVING max(stacks.FunctionStackId) = 0
        )
        LEFT ARRAY JOIN frames AS FrameId, arrayEnumerate(frames) AS place
    ) AS old
    LEFT ANY JOIN
    (
        SELECT
            FrameId,
            cityHash64(
                FunctionName, toString(FileName), toUInt32(0), toString(MappingName),
                if(FunctionName = '', Address, toUInt64(0))
            ) AS function
        FROM ${DATABASE}.otel_profiles_frames
    ) AS functions USING FrameId
    GROUP BY StackId
)
ARRAY JOIN both AS stack;

DELETE FROM ${DATABASE}.otel_profiles_stacks
WHERE FunctionStackId = 0 AND StackId IN (SELECT StackId FROM ${DATABASE}.otel_profiles_stacks WHERE FunctionStackId != 0)
SETTINGS allow_nondeterministic_mutations = 1;
