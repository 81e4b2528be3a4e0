package profilecheck

import (
	"context"
	"testing"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/xprocessor"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

func TestEachSignalHasAProcessor(t *testing.T) {
	ctx := context.Background()
	factory := NewFactory().(xprocessor.Factory)
	settings := processor.Settings{
		ID: component.NewID(factory.Type()), TelemetrySettings: componenttest.NewNopTelemetrySettings(),
	}
	config := factory.CreateDefaultConfig()
	for name, send := range map[string]func(levels int) error{
		"profiles": func(levels int) error {
			profiles := whole()
			attributes := profiles.ResourceProfiles().At(0).Resource().Attributes()
			putNested(t, attributes, levels)
			next, err := factory.CreateProfiles(ctx, settings, config, consumertest.NewNop())
			if err != nil {
				t.Fatal(err)
			}
			return next.ConsumeProfiles(ctx, profiles)
		},
		"traces": func(levels int) error {
			traces := ptrace.NewTraces()
			putNested(t, traces.ResourceSpans().AppendEmpty().Resource().Attributes(), levels)
			next, err := factory.CreateTraces(ctx, settings, config, consumertest.NewNop())
			if err != nil {
				t.Fatal(err)
			}
			return next.ConsumeTraces(ctx, traces)
		},
		"logs": func(levels int) error {
			logs := plog.NewLogs()
			putNested(t, logs.ResourceLogs().AppendEmpty().Resource().Attributes(), levels)
			next, err := factory.CreateLogs(ctx, settings, config, consumertest.NewNop())
			if err != nil {
				t.Fatal(err)
			}
			return next.ConsumeLogs(ctx, logs)
		},
		"metrics": func(levels int) error {
			metrics := pmetric.NewMetrics()
			putNested(t, metrics.ResourceMetrics().AppendEmpty().Resource().Attributes(), levels)
			next, err := factory.CreateMetrics(ctx, settings, config, consumertest.NewNop())
			if err != nil {
				t.Fatal(err)
			}
			return next.ConsumeMetrics(ctx, metrics)
		},
	} {
		t.Run(name, func(t *testing.T) {
			if err := send(maxLevels); err != nil {
				t.Fatal(err)
			}
			// The one status that the receiver makes a 400 of.
			if err := send(maxLevels + 1); status.Code(err) != codes.InvalidArgument {
				t.Fatal(err)
			}
		})
	}
}

func putNested(t *testing.T, attributes pcommon.Map, levels int) {
	t.Helper()
	if err := attributes.PutEmpty("deep").FromRaw(nested(levels)); err != nil {
		t.Fatal(err)
	}
}

func TestLimitsAreOneOrMore(t *testing.T) {
	if err := defaultConfig().(*Config).Validate(); err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []Config{{MaxItems: 0, MaxRowsMiB: 1}, {MaxItems: 1, MaxRowsMiB: 0}, {MaxItems: -1, MaxRowsMiB: 1}} {
		if err := wrong.Validate(); err == nil {
			t.Fatal(wrong)
		}
	}
}
