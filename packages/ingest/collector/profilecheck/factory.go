// Package profilecheck is a Collector processor that refuses profiles which refer to what is not
// there.
//
// An OTLP profile is indices into shared tables. The Collector decodes them without looking where
// they point, and what comes after it trusts them: with clickhouseexporter v0.161, one sample with a
// wrong attribute index takes down the batch that it shares with others' profiles, and one stack
// with a negative location index takes down the whole process. This processor stands right behind
// the receiver and answers such a payload with 400 (gRPC: INVALID_ARGUMENT), so that only its
// sender loses anything.
package profilecheck

import (
	"context"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/xconsumer"
	"go.opentelemetry.io/collector/pdata/pprofile"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processorhelper/xprocessorhelper"
	"go.opentelemetry.io/collector/processor/xprocessor"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// NewFactory makes the processor, `profilecheck` in a configuration; it has no settings.
func NewFactory() processor.Factory {
	return xprocessor.NewFactory(
		component.MustNewType("profilecheck"),
		func() component.Config { return &struct{}{} },
		xprocessor.WithProfiles(create, component.StabilityLevelDevelopment),
	)
}

func create(
	ctx context.Context,
	settings processor.Settings,
	config component.Config,
	next xconsumer.Profiles,
) (xprocessor.Profiles, error) {
	return xprocessorhelper.NewProfiles(
		ctx, settings, config, next, refuseBroken,
		xprocessorhelper.WithCapabilities(consumer.Capabilities{MutatesData: false}),
	)
}

func refuseBroken(_ context.Context, profiles pprofile.Profiles) (pprofile.Profiles, error) {
	if problem := firstProblem(profiles); problem != nil {
		// The receiver hands this status to the sender, who then knows not to send it again.
		return profiles, status.Error(codes.InvalidArgument, problem.Error())
	}
	return profiles, nil
}
