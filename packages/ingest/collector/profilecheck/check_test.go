package profilecheck

import (
	"context"
	"strings"
	"testing"

	"go.opentelemetry.io/collector/pdata/pprofile"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// whole returns profiles in which everything refers to what is there, with a zero element in each table.
func whole() pprofile.Profiles {
	profiles := pprofile.NewProfiles()
	dictionary := profiles.Dictionary()
	dictionary.StringTable().Append("", "thread.name")
	dictionary.AttributeTable().AppendEmpty()
	attribute := dictionary.AttributeTable().AppendEmpty()
	attribute.SetKeyStrindex(1)
	attribute.Value().SetStr("main")
	dictionary.LocationTable().AppendEmpty()
	dictionary.StackTable().AppendEmpty()
	dictionary.StackTable().At(0).LocationIndices().Append(0)
	profile := profiles.ResourceProfiles().AppendEmpty().ScopeProfiles().AppendEmpty().Profiles().AppendEmpty()
	profile.Samples().AppendEmpty().AttributeIndices().Append(1)
	return profiles
}

func firstProfile(profiles pprofile.Profiles) pprofile.Profile {
	return profiles.ResourceProfiles().At(0).ScopeProfiles().At(0).Profiles().At(0)
}

func TestWholeProfilesPass(t *testing.T) {
	profiles := whole()
	firstProfile(profiles).Samples().At(0).AttributeIndices().Append(0)
	if _, err := refuseBroken(context.Background(), profiles); err != nil {
		t.Fatal(err)
	}
	if _, err := pprofile.FromAttributeIndices(
		profiles.Dictionary().AttributeTable(),
		firstProfile(profiles).Samples().At(0),
		profiles.Dictionary(),
	); err != nil {
		t.Fatal("the exporter cannot read it: ", err)
	}
}

func TestIndexZeroIsNoneInEmptyTables(t *testing.T) {
	profiles := pprofile.NewProfiles()
	profiles.Dictionary().StackTable().AppendEmpty().LocationIndices().Append(0)
	profiles.ResourceProfiles().AppendEmpty().ScopeProfiles().AppendEmpty().Profiles().AppendEmpty().
		Samples().AppendEmpty()
	if err := firstProblem(profiles); err != nil {
		t.Fatal(err)
	}
}

func TestBrokenProfilesAreRefused(t *testing.T) {
	for name, test := range map[string]struct {
		damage func(pprofile.Profiles)
		reason string
	}{
		"an attribute past the end": {
			func(p pprofile.Profiles) { firstProfile(p).Samples().At(0).AttributeIndices().Append(2) },
			"profiles[0].samples[0] refers to attribute_table[2], but there are 2",
		},
		"a negative attribute": {
			func(p pprofile.Profiles) { firstProfile(p).AttributeIndices().Append(-1) },
			"profiles[0] refers to attribute_table[-1], but there are 2",
		},
		"attribute 0 of none": {
			func(p pprofile.Profiles) {
				p.Dictionary().AttributeTable().RemoveIf(func(pprofile.KeyValueAndUnit) bool { return true })
				firstProfile(p).Samples().At(0).AttributeIndices().FromRaw([]int32{0})
			},
			"profiles[0].samples[0] refers to attribute_table[0], but there are 0",
		},
		"a key of no strings": {
			func(p pprofile.Profiles) {
				p.Dictionary().StringTable().FromRaw(nil)
				p.Dictionary().AttributeTable().At(1).SetKeyStrindex(0)
			},
			"attribute_table[0] refers to string_table[0], but there are 0",
		},
		"a negative location": {
			func(p pprofile.Profiles) { p.Dictionary().StackTable().At(0).LocationIndices().Append(-1) },
			"stack_table[0] refers to location_table[-1], but there are 1",
		},
	} {
		t.Run(name, func(t *testing.T) {
			profiles := whole()
			test.damage(profiles)
			_, err := refuseBroken(context.Background(), profiles)
			if status.Code(err) != codes.InvalidArgument || !strings.Contains(err.Error(), test.reason) {
				t.Fatalf("%v instead of %q", err, test.reason)
			}
		})
	}
}
