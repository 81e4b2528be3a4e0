package profilecheck

import (
	"strings"
	"testing"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// Where attributes and bodies may be too deep, of every signal.
func TestDeepValuesOfOtherSignals(t *testing.T) {
	deep := func(attributes pcommon.Map) { putNested(t, attributes, maxLevels+1) }
	for place, check := range map[string]func() error{
		"resource_logs[0].resource": func() error {
			logs := plog.NewLogs()
			deep(logs.ResourceLogs().AppendEmpty().Resource().Attributes())
			return usual.checkLogs(logs)
		},
		"resource_logs[0].scope_logs[0].scope": func() error {
			logs := plog.NewLogs()
			deep(logs.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().Scope().Attributes())
			return usual.checkLogs(logs)
		},
		"resource_logs[0].scope_logs[0].log_records[0]": func() error {
			logs := plog.NewLogs()
			deep(firstRecord(logs).Attributes())
			return usual.checkLogs(logs)
		},
		"resource_logs[0].scope_logs[0].log_records[0].body": func() error {
			logs := plog.NewLogs()
			if err := firstRecord(logs).Body().FromRaw(nested(maxLevels + 1)); err != nil {
				return err
			}
			return usual.checkLogs(logs)
		},
		"resource_spans[0].resource": func() error {
			traces := ptrace.NewTraces()
			deep(traces.ResourceSpans().AppendEmpty().Resource().Attributes())
			return usual.checkTraces(traces)
		},
		"resource_spans[0].scope_spans[0].scope": func() error {
			traces := ptrace.NewTraces()
			deep(traces.ResourceSpans().AppendEmpty().ScopeSpans().AppendEmpty().Scope().Attributes())
			return usual.checkTraces(traces)
		},
		"resource_spans[0].scope_spans[0].spans[0]": func() error {
			traces := ptrace.NewTraces()
			deep(firstSpan(traces).Attributes())
			return usual.checkTraces(traces)
		},
		"resource_spans[0].scope_spans[0].spans[0].events[0]": func() error {
			traces := ptrace.NewTraces()
			deep(firstSpan(traces).Events().AppendEmpty().Attributes())
			return usual.checkTraces(traces)
		},
		"resource_spans[0].scope_spans[0].spans[0].links[0]": func() error {
			traces := ptrace.NewTraces()
			deep(firstSpan(traces).Links().AppendEmpty().Attributes())
			return usual.checkTraces(traces)
		},
		"resource_metrics[0].resource": func() error {
			metrics := pmetric.NewMetrics()
			deep(metrics.ResourceMetrics().AppendEmpty().Resource().Attributes())
			return usual.checkMetrics(metrics)
		},
		"resource_metrics[0].scope_metrics[0].scope": func() error {
			metrics := pmetric.NewMetrics()
			deep(metrics.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty().Scope().Attributes())
			return usual.checkMetrics(metrics)
		},
		"resource_metrics[0].scope_metrics[0].metrics[0].data_points[0]": func() error {
			var err error
			for _, attributesOf := range pointKinds {
				metrics := pmetric.NewMetrics()
				deep(attributesOf(firstMetric(metrics)))
				if err = usual.checkMetrics(metrics); err == nil {
					break
				}
			}
			return err
		},
		"resource_metrics[0].scope_metrics[0].metrics[0].data_points[0].exemplars[0]": func() error {
			metrics := pmetric.NewMetrics()
			point := firstMetric(metrics).SetEmptySum().DataPoints().AppendEmpty()
			deep(point.Exemplars().AppendEmpty().FilteredAttributes())
			return usual.checkMetrics(metrics)
		},
	} {
		t.Run(place, func(t *testing.T) {
			mustRefuse(t, check(), place+" has lists and maps in one another more than 100 deep")
		})
	}
}

var pointKinds = []func(pmetric.Metric) pcommon.Map{
	func(m pmetric.Metric) pcommon.Map { return m.SetEmptyGauge().DataPoints().AppendEmpty().Attributes() },
	func(m pmetric.Metric) pcommon.Map { return m.SetEmptySum().DataPoints().AppendEmpty().Attributes() },
	func(m pmetric.Metric) pcommon.Map { return m.SetEmptySummary().DataPoints().AppendEmpty().Attributes() },
	func(m pmetric.Metric) pcommon.Map {
		return m.SetEmptyHistogram().DataPoints().AppendEmpty().Attributes()
	},
	func(m pmetric.Metric) pcommon.Map {
		return m.SetEmptyExponentialHistogram().DataPoints().AppendEmpty().Attributes()
	},
}

func firstRecord(logs plog.Logs) plog.LogRecord {
	return logs.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
}

func firstSpan(traces ptrace.Traces) ptrace.Span {
	return traces.ResourceSpans().AppendEmpty().ScopeSpans().AppendEmpty().Spans().AppendEmpty()
}

func firstMetric(metrics pmetric.Metrics) pmetric.Metric {
	return metrics.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty().Metrics().AppendEmpty()
}

// A megabyte of the resource is in each of its rows: 511 fit.
func TestRowsOfOtherSignalsMayBeTooLarge(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	for reason, check := range map[string]func() error{
		"resource_logs[0].scope_logs[0].log_records[511] makes the rows of the request": func() error {
			logs := plog.NewLogs()
			firstRecord(logs)
			logs.ResourceLogs().At(0).Resource().Attributes().PutStr("long", long)
			for range 600 {
				logs.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().AppendEmpty()
			}
			return usual.checkLogs(logs)
		},
		"resource_spans[0].scope_spans[0].spans[511] makes the rows of the request": func() error {
			traces := ptrace.NewTraces()
			firstSpan(traces)
			traces.ResourceSpans().At(0).ScopeSpans().At(0).Scope().SetName(long)
			for range 600 {
				traces.ResourceSpans().At(0).ScopeSpans().At(0).Spans().AppendEmpty()
			}
			return usual.checkTraces(traces)
		},
		// One is the metric's own.
		"resource_metrics[0].scope_metrics[0].metrics[0].data_points[510] makes the rows of the request": func() error {
			metrics := pmetric.NewMetrics()
			metric := firstMetric(metrics)
			metric.SetDescription(long)
			points := metric.SetEmptyGauge().DataPoints()
			for range 600 {
				points.AppendEmpty()
			}
			return usual.checkMetrics(metrics)
		},
		"resource_metrics[0].scope_metrics[0].metrics[511] makes the rows of the request": func() error {
			metrics := pmetric.NewMetrics()
			firstMetric(metrics)
			metrics.ResourceMetrics().At(0).Resource().Attributes().PutStr("long", long)
			for range 600 {
				metrics.ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().AppendEmpty()
			}
			return usual.checkMetrics(metrics)
		},
	} {
		t.Run(reason, func(t *testing.T) { mustRefuse(t, check(), reason) })
	}
}

func TestMoreItemsThanAQueueHolds(t *testing.T) {
	few := limits{items: 2, rows: usual.rows}
	logs := plog.NewLogs()
	traces := ptrace.NewTraces()
	metrics := pmetric.NewMetrics()
	points := firstMetric(metrics).SetEmptyGauge().DataPoints()
	for range 2 {
		firstRecord(logs)
		firstSpan(traces)
		points.AppendEmpty()
	}
	for _, err := range []error{few.checkLogs(logs), few.checkTraces(traces), few.checkMetrics(metrics)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	firstRecord(logs)
	firstSpan(traces)
	points.AppendEmpty()
	mustRefuse(t, few.checkLogs(logs), "the request has 3 log records, more than the 2 that it may have")
	mustRefuse(t, few.checkTraces(traces), "the request has 3 spans, more than the 2 that it may have")
	mustRefuse(t, few.checkMetrics(metrics), "the request has 3 data points, more than the 2 that it may have")
}
