package profilecheck

import (
	"fmt"
	"math"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// size is in bytes. It stays at its largest: a stack that names a location a million times, which
// names a function a million times, which has a name of a megabyte, is more than 64 bits can say.
type size int64

func (s size) plus(other size) size {
	if sum := s + other; sum >= s {
		return sum
	}
	return math.MaxInt64
}

// What the exporter needs for each part of a row beside its texts, by measure: the entry of each
// list, and what is left over while a list grows.
const (
	rowBytes       size = 256
	frameBytes     size = 128
	attributeBytes size = 32
	numberBytes    size = 8
)

// Lists and maps may be in one another this deep. The exporter and the queue go down into them by
// recursion, and Go ends a process whose stack is full.
const maxLevels = 100

// limits are the most that a request may have.
type limits struct {
	items int
	rows  size
}

func (l limits) checkItems(count int, name string) error {
	if count > l.items {
		return fmt.Errorf("the request has %d %s, more than the %d that it may have", count, name, l.items)
	}
	return nil
}

// rows adds up how large the rows of a request are.
type rows struct {
	size, most size
}

// add's error continues its caller's path.
func (r *rows) add(row size) error {
	r.size = r.size.plus(row)
	if r.size > r.most {
		return fmt.Errorf(
			" makes the rows of the request %d bytes, more than the %d that they may be: "+
				"each row has its whole stack and all attributes of its resource",
			r.size, r.most)
	}
	return nil
}

// sizeOfAttributes is that of all of them, as the maps of a row have them. Its error continues its
// caller's path.
func sizeOfAttributes(attributes pcommon.Map) (size, error) {
	return sizeOfMap(attributes, 0)
}

func sizeOfMap(entries pcommon.Map, level int) (size, error) {
	var all size
	for key, value := range entries.All() {
		one, err := sizeOfValue(value, level)
		if err != nil {
			return 0, err
		}
		all = all.plus(attributeBytes + size(len(key))).plus(one)
	}
	return all, nil
}

// sizeOfValue is given how many lists and maps the value is in.
func sizeOfValue(value pcommon.Value, level int) (size, error) {
	switch value.Type() {
	case pcommon.ValueTypeStr:
		return size(len(value.Str())), nil
	case pcommon.ValueTypeBytes:
		return size(value.Bytes().Len()), nil
	case pcommon.ValueTypeMap:
		if level == maxLevels {
			return 0, errTooDeep
		}
		return sizeOfMap(value.Map(), level+1)
	case pcommon.ValueTypeSlice:
		if level == maxLevels {
			return 0, errTooDeep
		}
		var all size
		for _, item := range value.Slice().All() {
			one, err := sizeOfValue(item, level+1)
			if err != nil {
				return 0, err
			}
			all = all.plus(attributeBytes).plus(one)
		}
		return all, nil
	default:
		return numberBytes, nil
	}
}

var errTooDeep = fmt.Errorf(" has lists and maps in one another more than %d deep", maxLevels)
