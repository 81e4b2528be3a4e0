// Package profilecheck is a Collector processor that refuses requests which nothing behind it could
// bear.
//
// An OTLP profile is indices into shared tables. The Collector decodes them without looking where
// they point, and what comes after it trusts them: with clickhouseexporter v0.161, one sample with a
// wrong attribute index takes down the batch that it shares with others' profiles, and one stack
// with a negative location index takes down the whole process. A small request can also be a large
// one: each sample is written with all frames of its stack and all attributes of its resource, and
// so a few hundred bytes become gigabytes. With a queue on disk, what ends the process ends it again
// at each start.
//
// This processor stands right behind the receiver and answers such a request with 400 (gRPC:
// INVALID_ARGUMENT), so that only its sender loses anything.
package profilecheck

import (
	"context"
	"errors"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/xconsumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pprofile"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processorhelper"
	"go.opentelemetry.io/collector/processor/processorhelper/xprocessorhelper"
	"go.opentelemetry.io/collector/processor/xprocessor"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Config is what `profilecheck` takes in a configuration: what depends on the machine and on the
// exporter's queue.
type Config struct {
	// MaxItems is how many samples, spans, log records or data points a request may have. A queue
	// (`sizer: items`) answers a request that has more than it holds with 503 however often it
	// comes, so this has to be well below its `queue_size`.
	MaxItems int `mapstructure:"max_items"`
	// MaxRowsMiB is how large the rows of a request may be, which the exporter holds in memory.
	MaxRowsMiB int `mapstructure:"max_rows_mib"`
}

// Validate is called by the Collector.
func (c *Config) Validate() error {
	if c.MaxItems < 1 || c.MaxRowsMiB < 1 {
		return errors.New("max_items and max_rows_mib must be 1 or more")
	}
	return nil
}

func defaultConfig() component.Config {
	// The receiver takes 64 MiB. A minute of a busy host, 50 000 different stacks of 50 frames with
	// names of 60 bytes, has 470 MiB of rows.
	return &Config{MaxItems: 250_000, MaxRowsMiB: 512}
}

func (c *Config) limits() limits {
	return limits{items: c.MaxItems, rows: size(c.MaxRowsMiB) << 20}
}

// NewFactory makes the processor, `profilecheck` in a configuration.
func NewFactory() processor.Factory {
	return xprocessor.NewFactory(
		component.MustNewType("profilecheck"),
		defaultConfig,
		xprocessor.WithProfiles(createProfiles, component.StabilityLevelDevelopment),
		xprocessor.WithTraces(createTraces, component.StabilityLevelDevelopment),
		xprocessor.WithLogs(createLogs, component.StabilityLevelDevelopment),
		xprocessor.WithMetrics(createMetrics, component.StabilityLevelDevelopment),
	)
}

var readOnly = consumer.Capabilities{MutatesData: false}

func createProfiles(
	ctx context.Context, settings processor.Settings, config component.Config, next xconsumer.Profiles,
) (xprocessor.Profiles, error) {
	check := refusing(config.(*Config).limits(), limits.checkProfiles)
	return xprocessorhelper.NewProfiles(
		ctx, settings, config, next, xprocessorhelper.ProcessProfilesFunc(check),
		xprocessorhelper.WithCapabilities(readOnly))
}

func createTraces(
	ctx context.Context, settings processor.Settings, config component.Config, next consumer.Traces,
) (processor.Traces, error) {
	check := refusing(config.(*Config).limits(), limits.checkTraces)
	return processorhelper.NewTraces(
		ctx, settings, config, next, check, processorhelper.WithCapabilities(readOnly))
}

func createLogs(
	ctx context.Context, settings processor.Settings, config component.Config, next consumer.Logs,
) (processor.Logs, error) {
	check := refusing(config.(*Config).limits(), limits.checkLogs)
	return processorhelper.NewLogs(
		ctx, settings, config, next, check, processorhelper.WithCapabilities(readOnly))
}

func createMetrics(
	ctx context.Context, settings processor.Settings, config component.Config, next consumer.Metrics,
) (processor.Metrics, error) {
	check := refusing(config.(*Config).limits(), limits.checkMetrics)
	return processorhelper.NewMetrics(
		ctx, settings, config, next, check, processorhelper.WithCapabilities(readOnly))
}

// refusing makes a processor's function of a check.
func refusing[Data pprofile.Profiles | ptrace.Traces | plog.Logs | pmetric.Metrics](
	most limits, check func(limits, Data) error,
) func(context.Context, Data) (Data, error) {
	return func(_ context.Context, data Data) (Data, error) {
		if problem := check(most, data); problem != nil {
			// The receiver hands this status to the sender, who then knows not to send it again.
			return data, status.Error(codes.InvalidArgument, problem.Error())
		}
		return data, nil
	}
}
