package profilecheck

import (
	"fmt"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pprofile"
)

// sizes is what naming an entry of the dictionary once adds to a row. Each is added up once, from those
// below it, so that a stack that many samples name is walked but once:
//
//	function   name, file
//	location   a frame and its function for each line
//	stack      its locations
type sizes struct {
	strings            pcommon.StringSlice
	attributes, stacks []size
}

// sizesOf needs a dictionary in which every index is inside its table. Its error has the whole path.
func sizesOf(dictionary pprofile.ProfilesDictionary) (sizes, error) {
	all := sizes{strings: dictionary.StringTable()}

	all.attributes = make([]size, dictionary.AttributeTable().Len())
	for i, attribute := range dictionary.AttributeTable().All() {
		value, err := sizeOfValue(attribute.Value(), 0)
		if err != nil {
			return all, fmt.Errorf("attribute_table[%d]%w", i, err)
		}
		all.attributes[i] = attributeBytes.plus(all.text(attribute.KeyStrindex())).plus(value)
	}

	mappings := make([]size, dictionary.MappingTable().Len())
	for i, mapping := range dictionary.MappingTable().All() {
		mappings[i] = all.text(mapping.FilenameStrindex())
	}
	functions := make([]size, dictionary.FunctionTable().Len())
	for i, function := range dictionary.FunctionTable().All() {
		functions[i] = all.text(function.NameStrindex()).plus(all.text(function.FilenameStrindex()))
	}
	locations := make([]size, dictionary.LocationTable().Len())
	for i, location := range dictionary.LocationTable().All() {
		frame := frameBytes.plus(at(mappings, location.MappingIndex()))
		if location.Lines().Len() == 0 {
			locations[i] = frame
		}
		for _, line := range location.Lines().All() {
			locations[i] = locations[i].plus(frame).plus(at(functions, line.FunctionIndex()))
		}
	}
	all.stacks = make([]size, dictionary.StackTable().Len())
	for i, stack := range dictionary.StackTable().All() {
		for _, location := range stack.LocationIndices().All() {
			all.stacks[i] = all.stacks[i].plus(at(locations, location))
		}
	}
	return all, nil
}

// addProfile's error continues its caller's path. `shared` is what the profile's rows have of its
// resource and scope.
func (s sizes) addProfile(rows *rows, profile pprofile.Profile, shared size) error {
	attributes := s.ofAttributes(profile.AttributeIndices())
	// The exporter makes a map of them also where there is no sample to have it.
	if err := rows.add(attributes); err != nil {
		return err
	}
	shared = shared.plus(attributes).
		plus(s.text(profile.SampleType().TypeStrindex())).
		plus(s.text(profile.SampleType().UnitStrindex())).
		plus(s.text(profile.PeriodType().TypeStrindex())).
		plus(s.text(profile.PeriodType().UnitStrindex()))
	for i, sample := range profile.Samples().All() {
		numbers := size(sample.Values().Len() + sample.TimestampsUnixNano().Len())
		row := rowBytes.plus(shared).
			plus(at(s.stacks, sample.StackIndex())).
			plus(s.ofAttributes(sample.AttributeIndices())).
			plus(numbers * numberBytes)
		if err := rows.add(row); err != nil {
			return fmt.Errorf(".samples[%d]%w", i, err)
		}
	}
	return nil
}

func (s sizes) ofAttributes(indices pcommon.Int32Slice) size {
	var all size
	for _, index := range indices.All() {
		all = all.plus(at(s.attributes, index))
	}
	return all
}

func (s sizes) text(index int32) size {
	if int(index) >= s.strings.Len() {
		return 0
	}
	return size(len(s.strings.At(int(index))))
}

// at is 0 for index 0 of an empty table, which means "none".
func at(sizes []size, index int32) size {
	if int(index) >= len(sizes) {
		return 0
	}
	return sizes[index]
}
