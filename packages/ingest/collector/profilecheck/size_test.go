package profilecheck

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pprofile"
)

// nested returns a list in a list, so many of them.
func nested(levels int) any {
	var value any = "leaf"
	for range levels {
		value = []any{value}
	}
	return value
}

func nestedMaps(levels int) any {
	var value any = "leaf"
	for range levels {
		value = map[string]any{"in": value}
	}
	return value
}

func TestValuesAsDeepAsMayBe(t *testing.T) {
	for name, make := range map[string]func(int) any{"lists": nested, "maps": nestedMaps} {
		t.Run(name, func(t *testing.T) {
			value := pcommon.NewValueEmpty()
			if err := value.FromRaw(make(maxLevels)); err != nil {
				t.Fatal(err)
			}
			if _, err := sizeOfValue(value, 0); err != nil {
				t.Fatal(err)
			}
			if err := value.FromRaw(make(maxLevels + 1)); err != nil {
				t.Fatal(err)
			}
			_, err := sizeOfValue(value, 0)
			mustRefuse(t, err, "has lists and maps in one another more than 100 deep")
		})
	}
}

// Deeper than Go's stack holds: only a walk that ends at a level can answer.
func TestAMillionLevelsAreRefused(t *testing.T) {
	value := pcommon.NewValueEmpty()
	inner := value
	for range 1_000_000 {
		inner = inner.SetEmptySlice().AppendEmpty()
	}
	profiles := whole()
	value.MoveTo(profiles.Dictionary().AttributeTable().At(1).Value())
	mustRefuse(t, usual.checkProfiles(profiles), "attribute_table[1] has lists and maps in one another")
}

func TestDeepValuesAreRefusedWhereverTheyAre(t *testing.T) {
	for place, attributesOf := range map[string]func(pprofile.ResourceProfiles) pcommon.Map{
		"resource_profiles[0].resource": func(resource pprofile.ResourceProfiles) pcommon.Map {
			return resource.Resource().Attributes()
		},
		"resource_profiles[0].scope_profiles[0].scope": func(resource pprofile.ResourceProfiles) pcommon.Map {
			return resource.ScopeProfiles().At(0).Scope().Attributes()
		},
	} {
		profiles := whole()
		attributes := attributesOf(profiles.ResourceProfiles().At(0))
		if err := attributes.PutEmpty("deep").FromRaw(nested(maxLevels + 1)); err != nil {
			t.Fatal(err)
		}
		mustRefuse(t, usual.checkProfiles(profiles), place+" has lists and maps in one another")
	}
}

// bomb returns samples of one stack, which names one location, which has lines of one function.
func bomb(samples, locations, lines int, name string) pprofile.Profiles {
	profiles := pprofile.NewProfiles()
	dictionary := profiles.Dictionary()
	dictionary.StringTable().Append("", name)
	dictionary.FunctionTable().AppendEmpty()
	dictionary.FunctionTable().AppendEmpty().SetNameStrindex(1)
	dictionary.LocationTable().AppendEmpty()
	location := dictionary.LocationTable().AppendEmpty()
	for range lines {
		location.Lines().AppendEmpty().SetFunctionIndex(1)
	}
	dictionary.StackTable().AppendEmpty()
	stack := dictionary.StackTable().AppendEmpty()
	for range locations {
		stack.LocationIndices().Append(1)
	}
	profile := profiles.ResourceProfiles().AppendEmpty().ScopeProfiles().AppendEmpty().Profiles().AppendEmpty()
	for range samples {
		profile.Samples().AppendEmpty().SetStackIndex(1)
	}
	return profiles
}

func TestWhatWouldBeTooLargeIsRefused(t *testing.T) {
	for name, test := range map[string]struct {
		profiles pprofile.Profiles
		reason   string
	}{
		// 543 bytes with gzip.
		"lines × locations × samples": {
			bomb(20, 20_000, 1000, "main"),
			"profiles[0].samples[0] makes the rows of the request 2640000256 bytes, more than the 536870912",
		},
		"a long name in each frame": {
			bomb(1, 1000, 1, strings.Repeat("x", 1<<20)),
			"profiles[0].samples[0] makes the rows",
		},
		"a deep stack in each sample": {
			bomb(1000, 10_000, 1, "main"),
			"profiles[0].samples[406] makes the rows",
		},
		"a long attribute in each sample": {
			func() pprofile.Profiles {
				profiles := bomb(1000, 1, 1, "main")
				attribute := profiles.Dictionary().AttributeTable().AppendEmpty()
				attribute.Value().SetStr(strings.Repeat("x", 1<<20))
				for _, sample := range firstProfile(profiles).Samples().All() {
					sample.AttributeIndices().Append(0)
				}
				return profiles
			}(),
			"profiles[0].samples[511] makes the rows",
		},
		"a long attribute of the resource in each sample": {
			func() pprofile.Profiles {
				profiles := bomb(1000, 1, 1, "main")
				attributes := profiles.ResourceProfiles().At(0).Resource().Attributes()
				attributes.PutEmptyBytes("long").FromRaw(make([]byte, 1<<20))
				return profiles
			}(),
			"profiles[0].samples[511] makes the rows",
		},
		"a long attribute in each of many profiles without a sample": {
			func() pprofile.Profiles {
				profiles := bomb(0, 1, 1, "main")
				attribute := profiles.Dictionary().AttributeTable().AppendEmpty()
				attribute.Value().SetEmptyBytes().FromRaw(make([]byte, 1<<20))
				all := profiles.ResourceProfiles().At(0).ScopeProfiles().At(0).Profiles()
				for range 1000 {
					all.AppendEmpty().AttributeIndices().Append(0)
				}
				return profiles
			}(),
			// The first has none.
			"profiles[512] makes the rows",
		},
		"more samples than a queue holds": {
			bomb(250_001, 0, 0, ""),
			"the request has 250001 samples, more than the 250000 that it may have",
		},
	} {
		t.Run(name, func(t *testing.T) {
			mustRefuse(t, usual.checkProfiles(test.profiles), test.reason)
		})
	}
}

func TestWhatIsRarePasses(t *testing.T) {
	for name, profiles := range map[string]pprofile.Profiles{
		"stacks 10 000 deep":         bomb(250, 10_000, 1, "com.example.Recursion.descend"),
		"a minute of a busy host":    bomb(50_000, 50, 1, strings.Repeat("x", 60)),
		"as many samples as may be":  bomb(250_000, 0, 0, ""),
		"one stack of a million":     bomb(1, 1_000_000, 1, "main"),
		"a location of many inlined": bomb(100, 1, 1000, "main"),
	} {
		t.Run(name, func(t *testing.T) {
			if err := usual.checkProfiles(profiles); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestSizesDoNotOverflow(t *testing.T) {
	if sum := size(math.MaxInt64).plus(1); sum != math.MaxInt64 {
		t.Fatal(sum)
	}
	if sum := size(math.MaxInt64 - 1).plus(math.MaxInt64); sum != math.MaxInt64 {
		t.Fatal(sum)
	}
	sizes := sizes{strings: pcommon.NewStringSlice(), stacks: []size{math.MaxInt64}}
	profile := pprofile.NewProfile()
	profile.Samples().AppendEmpty()
	rows := rows{most: usual.rows}
	mustRefuse(t, sizes.addProfile(&rows, profile, math.MaxInt64),
		fmt.Sprintf(".samples[0] makes the rows of the request %d bytes", math.MaxInt64))
}

// What is added up once for each entry is what a walk over every frame of every sample finds.
func TestSizesAreThoseOfEachFrame(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		profiles := someProfiles(random)
		rows := rows{most: math.MaxInt64}
		sizes, err := sizesOf(profiles.Dictionary())
		if err != nil {
			t.Fatal(err)
		}
		if err := sizes.addProfile(&rows, firstProfile(profiles), 0); err != nil {
			t.Fatal(err)
		}
		if counted := countedFrameByFrame(profiles); rows.size != counted {
			t.Fatalf("%d instead of %d", rows.size, counted)
		}
	}
}

func someProfiles(random *rand.Rand) pprofile.Profiles {
	profiles := pprofile.NewProfiles()
	dictionary := profiles.Dictionary()
	index := func(length int) int32 { return int32(random.IntN(length)) }
	for range 10 {
		dictionary.StringTable().Append(strings.Repeat("x", random.IntN(20)))
	}
	for range 3 {
		dictionary.MappingTable().AppendEmpty().SetFilenameStrindex(index(10))
		attribute := dictionary.AttributeTable().AppendEmpty()
		attribute.SetKeyStrindex(index(10))
		attribute.Value().SetStr(strings.Repeat("y", random.IntN(20)))
	}
	for range 5 {
		function := dictionary.FunctionTable().AppendEmpty()
		function.SetNameStrindex(index(10))
		function.SetFilenameStrindex(index(10))
	}
	for range 6 {
		location := dictionary.LocationTable().AppendEmpty()
		location.SetMappingIndex(index(3))
		for range random.IntN(3) {
			location.Lines().AppendEmpty().SetFunctionIndex(index(5))
		}
	}
	for range 4 {
		stack := dictionary.StackTable().AppendEmpty()
		for range random.IntN(5) {
			stack.LocationIndices().Append(index(6))
		}
	}
	profile := profiles.ResourceProfiles().AppendEmpty().ScopeProfiles().AppendEmpty().Profiles().AppendEmpty()
	for range random.IntN(10) {
		sample := profile.Samples().AppendEmpty()
		sample.SetStackIndex(index(4))
		for range random.IntN(3) {
			sample.AttributeIndices().Append(index(3))
		}
	}
	return profiles
}

func countedFrameByFrame(profiles pprofile.Profiles) size {
	dictionary := profiles.Dictionary()
	text := func(index int32) size { return size(len(dictionary.StringTable().At(int(index)))) }
	// The profile's type and unit are string 0, and so are those of its period.
	all := size(0)
	for _, sample := range firstProfile(profiles).Samples().All() {
		all += rowBytes + 4*text(0)
		for _, index := range sample.AttributeIndices().All() {
			attribute := dictionary.AttributeTable().At(int(index))
			all += attributeBytes + text(attribute.KeyStrindex()) + size(len(attribute.Value().Str()))
		}
		stack := dictionary.StackTable().At(int(sample.StackIndex()))
		for _, index := range stack.LocationIndices().All() {
			location := dictionary.LocationTable().At(int(index))
			mapping := text(dictionary.MappingTable().At(int(location.MappingIndex())).FilenameStrindex())
			if location.Lines().Len() == 0 {
				all += frameBytes + mapping
			}
			for _, line := range location.Lines().All() {
				function := dictionary.FunctionTable().At(int(line.FunctionIndex()))
				all += frameBytes + mapping + text(function.NameStrindex()) + text(function.FilenameStrindex())
			}
		}
	}
	return all
}
