package profilecheck

import (
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

// firstProblem returns the first index that points outside its table, or nil.
func firstProblem(profiles pprofile.Profiles) error {
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
	for r, resource := range profiles.ResourceProfiles().All() {
		for s, scope := range resource.ScopeProfiles().All() {
			for p, profile := range scope.Profiles().All() {
				if err := known.checkProfile(profile); err != nil {
					return fmt.Errorf(
						"resource_profiles[%d].scope_profiles[%d].profiles[%d]%w", r, s, p, err)
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

// checkProfile's error continues its caller's path: " refers to …" or ".samples[7] refers to …".
func (t tables) checkProfile(profile pprofile.Profile) error {
	if err := firstError(
		t.strings.check(profile.SampleType().TypeStrindex()),
		t.strings.check(profile.SampleType().UnitStrindex()),
		t.strings.check(profile.PeriodType().TypeStrindex()),
		t.strings.check(profile.PeriodType().UnitStrindex()),
		t.attributes.checkAll(profile.AttributeIndices()),
	); err != nil {
		return fmt.Errorf(" %w", err)
	}
	for i, sample := range profile.Samples().All() {
		if err := firstError(
			t.stacks.check(sample.StackIndex()),
			t.links.check(sample.LinkIndex()),
			t.attributes.checkAll(sample.AttributeIndices()),
		); err != nil {
			return fmt.Errorf(".samples[%d] %w", i, err)
		}
	}
	return nil
}

func firstError(errors ...error) error {
	for _, err := range errors {
		if err != nil {
			return err
		}
	}
	return nil
}
