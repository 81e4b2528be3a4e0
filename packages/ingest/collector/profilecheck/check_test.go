package profilecheck

import (
	"math"
	"strings"
	"testing"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pprofile"
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

var usual = defaultConfig().(*Config).limits()

func mustRefuse(t *testing.T, err error, reason string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), reason) {
		t.Fatalf("%v instead of %q", err, reason)
	}
}

func firstProfile(profiles pprofile.Profiles) pprofile.Profile {
	return profiles.ResourceProfiles().At(0).ScopeProfiles().At(0).Profiles().At(0)
}

func TestWholeProfilesPass(t *testing.T) {
	profiles := whole()
	firstProfile(profiles).Samples().At(0).AttributeIndices().Append(0)
	if err := usual.checkProfiles(profiles); err != nil {
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
	if err := usual.checkProfiles(profiles); err != nil {
		t.Fatal(err)
	}
}

func TestARequestIsOfAMonthAtMost(t *testing.T) {
	profiles := whole()
	all := profiles.ResourceProfiles().At(0).ScopeProfiles().At(0).Profiles()
	const day = 86_400_000_000_000
	// One is there, of day 0; many of the same day are no more days.
	for i := range uint64(1000) {
		all.AppendEmpty().SetTime(pcommon.Timestamp(i % maxDays * day))
	}
	if err := usual.checkProfiles(profiles); err != nil {
		t.Fatal(err)
	}
	all.AppendEmpty().SetTime(maxDays * day)
	mustRefuse(t, usual.checkProfiles(profiles), "profiles[1001] is of one more day than the 31 that a request may be of")
}

func TestWithoutATimeItsEventsSayTheDay(t *testing.T) {
	profiles := whole()
	profile := firstProfile(profiles)
	const day = 86_400_000_000_000
	// One is there that has no event either, of day 0; later events of a sample are no more days.
	for i := range uint64(1000) {
		profile.Samples().AppendEmpty().TimestampsUnixNano().Append(i*day, i%maxDays*day)
	}
	if err := usual.checkProfiles(profiles); err != nil {
		t.Fatal(err)
	}
	profile.Samples().AppendEmpty().TimestampsUnixNano().Append(maxDays * day)
	mustRefuse(t, usual.checkProfiles(profiles), "samples[1001] is of one more day than the 31 that a request may be of")
	// With a time of its own, events are of no day.
	profile.SetTime(day)
	if err := usual.checkProfiles(profiles); err != nil {
		t.Fatal(err)
	}
}

// Each at its most: what is refused is one more of these.
func TestProfilesAtTheLimitsPass(t *testing.T) {
	profiles := whole()
	profile := firstProfile(profiles)
	profile.SetTime(endOfTime - 1)
	profile.AttributeIndices().FromRaw(make([]int32, maxAttributes))
	sample := profile.Samples().At(0)
	sample.AttributeIndices().FromRaw(make([]int32, maxAttributes))
	sample.TimestampsUnixNano().Append(0, endOfTime-1)
	profiles.ResourceProfiles().At(0).Resource().Attributes().PutEmpty("deep").FromRaw(nested(maxLevels))
	if err := usual.checkProfiles(profiles); err != nil {
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
		"more attributes than a sample may have": {
			func(p pprofile.Profiles) {
				firstProfile(p).Samples().At(0).AttributeIndices().FromRaw(make([]int32, 129))
			},
			"profiles[0].samples[0] has 129 attributes, more than the 128 that it may have",
		},
		"more attributes than a profile may have": {
			func(p pprofile.Profiles) { firstProfile(p).AttributeIndices().FromRaw(make([]int32, 129)) },
			"profiles[0] has 129 attributes, more than the 128 that it may have",
		},
		"a resource's key that is not in the string table": {
			func(p pprofile.Profiles) { p.ResourceProfiles().At(0).Resource().Attributes().PutStr("", "a") },
			"resource_profiles[0].resource has an attribute without a key",
		},
		"a scope's key that is not in the string table": {
			func(p pprofile.Profiles) {
				p.ResourceProfiles().At(0).ScopeProfiles().At(0).Scope().Attributes().PutStr("", "a")
			},
			"resource_profiles[0].scope_profiles[0].scope has an attribute without a key",
		},
		"a profile after the end of time": {
			func(p pprofile.Profiles) { firstProfile(p).SetTime(endOfTime) },
			"profiles[0] has the time 9214646400000000000, and nothing after 2261-12-31 can be stored",
		},
		"a profile whose time does not fit into 63 bits": {
			func(p pprofile.Profiles) { firstProfile(p).SetTime(1 << 63) },
			"profiles[0] has the time 9223372036854775808",
		},
		"a sample after the end of time": {
			func(p pprofile.Profiles) {
				firstProfile(p).Samples().At(0).TimestampsUnixNano().Append(1, math.MaxUint64)
			},
			"profiles[0].samples[0] has the time 18446744073709551615",
		},
	} {
		t.Run(name, func(t *testing.T) {
			profiles := whole()
			test.damage(profiles)
			mustRefuse(t, usual.checkProfiles(profiles), test.reason)
		})
	}
}
