package profilecheck

import (
	"errors"
	"fmt"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pprofile"
)

// table knows how long one of the dictionary's tables is.
type table struct {
	name   string
	length int
}

// check lets index 0 through in any case: it means "none", also where a producer left the zero
// element out.
func (t table) check(index int32) error {
	if index == 0 {
		return nil
	}
	return t.checkThere(index)
}

// checkThere is for what has no "none": of attributes and their keys, the exporter looks up 0 as well.
func (t table) checkThere(index int32) error {
	if index < 0 || int(index) >= t.length {
		return fmt.Errorf("refers to %s[%d], but there are %d", t.name, index, t.length)
	}
	return nil
}

func (t table) checkAll(indices pcommon.Int32Slice) error {
	for _, index := range indices.All() {
		if err := t.checkThere(index); err != nil {
			return err
		}
	}
	return nil
}

type tables struct {
	strings, attributes, mappings, functions, locations, stacks, links table
}

// checkProfiles returns the first thing that makes the profiles unbearable, or nil. It takes as long as
// the request is large, whatever that would be written out to.
func (l limits) checkProfiles(profiles pprofile.Profiles) error {
	if err := l.checkItems(profiles.SampleCount(), "samples"); err != nil {
		return err
	}
	dictionary := profiles.Dictionary()
	known := tables{
		strings:    table{"string_table", dictionary.StringTable().Len()},
		attributes: table{"attribute_table", dictionary.AttributeTable().Len()},
		mappings:   table{"mapping_table", dictionary.MappingTable().Len()},
		functions:  table{"function_table", dictionary.FunctionTable().Len()},
		locations:  table{"location_table", dictionary.LocationTable().Len()},
		stacks:     table{"stack_table", dictionary.StackTable().Len()},
		links:      table{"link_table", dictionary.LinkTable().Len()},
	}
	if err := known.checkDictionary(dictionary); err != nil {
		return err
	}
	sizes, err := sizesOf(dictionary)
	if err != nil {
		return err
	}
	rows := rows{most: l.rows}
	days := days{}
	for r, resource := range profiles.ResourceProfiles().All() {
		ofResource, err := checkOwner(resource.Resource().Attributes())
		if err != nil {
			return fmt.Errorf("resource_profiles[%d].resource%w", r, err)
		}
		for s, scope := range resource.ScopeProfiles().All() {
			ofScope, err := checkOwner(scope.Scope().Attributes())
			if err != nil {
				return fmt.Errorf("resource_profiles[%d].scope_profiles[%d].scope%w", r, s, err)
			}
			shared := ofResource.plus(ofScope).plus(size(len(scope.Scope().Name()) + len(scope.Scope().Version())))
			for p, profile := range scope.Profiles().All() {
				err := known.checkProfile(profile)
				if err == nil {
					err = days.addProfile(profile)
				}
				if err == nil {
					err = sizes.addProfile(&rows, profile, shared)
				}
				if err != nil {
					return fmt.Errorf("resource_profiles[%d].scope_profiles[%d].profiles[%d]%w", r, s, p, err)
				}
			}
		}
	}
	return nil
}

func (t tables) checkDictionary(dictionary pprofile.ProfilesDictionary) error {
	for i, attribute := range dictionary.AttributeTable().All() {
		if err := firstError(
			t.strings.checkThere(attribute.KeyStrindex()),
			t.strings.check(attribute.UnitStrindex()),
		); err != nil {
			return fmt.Errorf("attribute_table[%d] %w", i, err)
		}
	}
	for i, mapping := range dictionary.MappingTable().All() {
		if err := firstError(
			t.strings.check(mapping.FilenameStrindex()),
			t.attributes.checkAll(mapping.AttributeIndices()),
		); err != nil {
			return fmt.Errorf("mapping_table[%d] %w", i, err)
		}
	}
	for i, function := range dictionary.FunctionTable().All() {
		if err := firstError(
			t.strings.check(function.NameStrindex()),
			t.strings.check(function.SystemNameStrindex()),
			t.strings.check(function.FilenameStrindex()),
		); err != nil {
			return fmt.Errorf("function_table[%d] %w", i, err)
		}
	}
	for i, location := range dictionary.LocationTable().All() {
		if err := t.checkLocation(location); err != nil {
			return fmt.Errorf("location_table[%d] %w", i, err)
		}
	}
	for i, stack := range dictionary.StackTable().All() {
		for _, index := range stack.LocationIndices().All() {
			if err := t.locations.check(index); err != nil {
				return fmt.Errorf("stack_table[%d] %w", i, err)
			}
		}
	}
	return nil
}

func (t tables) checkLocation(location pprofile.Location) error {
	for _, line := range location.Lines().All() {
		if err := t.functions.check(line.FunctionIndex()); err != nil {
			return err
		}
	}
	return firstError(
		t.mappings.check(location.MappingIndex()),
		t.attributes.checkAll(location.AttributeIndices()),
	)
}

// maxAttributes is how many attributes a sample or a profile may name, as many as OpenTelemetry's SDKs
// give to a span. The exporter looks for each of their keys among all those before it.
const maxAttributes = 128

func (t tables) checkAttributes(indices pcommon.Int32Slice) error {
	if indices.Len() > maxAttributes {
		return fmt.Errorf("has %d attributes, more than the %d that it may have", indices.Len(), maxAttributes)
	}
	return t.attributes.checkAll(indices)
}

// endOfTime is 2262-01-01. ClickHouse counts nanoseconds in 64 bits, which last until 2262-04-11; the
// days between are for what is added to a time.
const endOfTime = 9_214_646_400_000_000_000

func checkTime(unixNano uint64) error {
	if unixNano >= endOfTime {
		return fmt.Errorf("has the time %d, and nothing after 2261-12-31 can be stored", unixNano)
	}
	return nil
}

// maxDays is of how many days the profiles of a request may be. Each is a partition of its own in every
// table, so an insert of hundreds takes longer than the exporter waits for, and is begun again and again.
const maxDays = 31

type days map[uint64]struct{}

// addProfile's error continues its caller's path. In ClickHouse, what has no time of its own begins with
// its first event: then each sample is of the day of that.
func (d days) addProfile(profile pprofile.Profile) error {
	if profile.Time() != 0 {
		return d.add(uint64(profile.Time()))
	}
	for i, sample := range profile.Samples().All() {
		var first uint64
		for n, time := range sample.TimestampsUnixNano().All() {
			if n == 0 || time < first {
				first = time
			}
		}
		if err := d.add(first); err != nil {
			return fmt.Errorf(".samples[%d]%w", i, err)
		}
	}
	return nil
}

func (d days) add(unixNano uint64) error {
	const day = 24 * 60 * 60 * 1_000_000_000
	d[unixNano/day] = struct{}{}
	if len(d) > maxDays {
		return fmt.Errorf(" is of one more day than the %d that a request may be of", maxDays)
	}
	return nil
}

// checkProfile's error continues its caller's path: " refers to …" or ".samples[7] refers to …".
func (t tables) checkProfile(profile pprofile.Profile) error {
	if err := firstError(
		t.strings.check(profile.SampleType().TypeStrindex()),
		t.strings.check(profile.SampleType().UnitStrindex()),
		t.strings.check(profile.PeriodType().TypeStrindex()),
		t.strings.check(profile.PeriodType().UnitStrindex()),
		t.checkAttributes(profile.AttributeIndices()),
		checkTime(uint64(profile.Time())),
	); err != nil {
		return fmt.Errorf(" %w", err)
	}
	for i, sample := range profile.Samples().All() {
		if err := t.checkSample(sample); err != nil {
			return fmt.Errorf(".samples[%d] %w", i, err)
		}
	}
	return nil
}

func (t tables) checkSample(sample pprofile.Sample) error {
	for _, time := range sample.TimestampsUnixNano().All() {
		if err := checkTime(time); err != nil {
			return err
		}
	}
	return firstError(
		t.stacks.check(sample.StackIndex()),
		t.links.check(sample.LinkIndex()),
		t.checkAttributes(sample.AttributeIndices()),
	)
}

// checkOwner returns the size of a resource's or scope's attributes. Their keys and values may be
// references into the string table, which the receiver has put the strings in place of: where there
// was none, the key is left empty.
func checkOwner(attributes pcommon.Map) (size, error) {
	if _, unnamed := attributes.Get(""); unnamed {
		return 0, errors.New(" has an attribute without a key, or with one that is not in string_table")
	}
	return sizeOfAttributes(attributes)
}

func firstError(errors ...error) error {
	for _, err := range errors {
		if err != nil {
			return err
		}
	}
	return nil
}
