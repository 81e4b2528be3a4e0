package profilecheck

import (
	"fmt"
	"iter"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// The other signals have no tables to point into. But a span, a log record and a data point become
// rows that each have all attributes of their resource, and values are as deep as in profiles.

func (l limits) checkTraces(traces ptrace.Traces) error {
	if err := l.checkItems(traces.SpanCount(), "spans"); err != nil {
		return err
	}
	rows := rows{most: l.rows}
	for r, resource := range traces.ResourceSpans().All() {
		ofResource, err := sizeOfAttributes(resource.Resource().Attributes())
		if err != nil {
			return fmt.Errorf("resource_spans[%d].resource%w", r, err)
		}
		for s, scope := range resource.ScopeSpans().All() {
			ofScope, err := sizeOfScope(scope.Scope())
			if err != nil {
				return fmt.Errorf("resource_spans[%d].scope_spans[%d].scope%w", r, s, err)
			}
			for i, span := range scope.Spans().All() {
				own, err := sizeOfSpan(span)
				if err == nil {
					err = rows.add(own.plus(ofResource).plus(ofScope))
				}
				if err != nil {
					return fmt.Errorf("resource_spans[%d].scope_spans[%d].spans[%d]%w", r, s, i, err)
				}
			}
		}
	}
	return nil
}

func sizeOfSpan(span ptrace.Span) (size, error) {
	all, err := sizeOfAttributes(span.Attributes())
	if err != nil {
		return 0, err
	}
	for i, event := range span.Events().All() {
		one, err := sizeOfAttributes(event.Attributes())
		if err != nil {
			return 0, fmt.Errorf(".events[%d]%w", i, err)
		}
		all = all.plus(rowBytes).plus(one)
	}
	for i, link := range span.Links().All() {
		one, err := sizeOfAttributes(link.Attributes())
		if err != nil {
			return 0, fmt.Errorf(".links[%d]%w", i, err)
		}
		all = all.plus(rowBytes).plus(one)
	}
	return all.plus(rowBytes), nil
}

func (l limits) checkLogs(logs plog.Logs) error {
	if err := l.checkItems(logs.LogRecordCount(), "log records"); err != nil {
		return err
	}
	rows := rows{most: l.rows}
	for r, resource := range logs.ResourceLogs().All() {
		ofResource, err := sizeOfAttributes(resource.Resource().Attributes())
		if err != nil {
			return fmt.Errorf("resource_logs[%d].resource%w", r, err)
		}
		for s, scope := range resource.ScopeLogs().All() {
			ofScope, err := sizeOfScope(scope.Scope())
			if err != nil {
				return fmt.Errorf("resource_logs[%d].scope_logs[%d].scope%w", r, s, err)
			}
			shared := ofResource.plus(ofScope).plus(size(len(resource.SchemaUrl()) + len(scope.SchemaUrl())))
			for i, record := range scope.LogRecords().All() {
				own, err := sizeOfLogRecord(record)
				if err == nil {
					err = rows.add(own.plus(shared))
				}
				if err != nil {
					return fmt.Errorf("resource_logs[%d].scope_logs[%d].log_records[%d]%w", r, s, i, err)
				}
			}
		}
	}
	return nil
}

func sizeOfLogRecord(record plog.LogRecord) (size, error) {
	body, err := sizeOfValue(record.Body(), 0)
	if err != nil {
		return 0, fmt.Errorf(".body%w", err)
	}
	attributes, err := sizeOfAttributes(record.Attributes())
	return attributes.plus(body).plus(rowBytes), err
}

func (l limits) checkMetrics(metrics pmetric.Metrics) error {
	if err := l.checkItems(metrics.DataPointCount(), "data points"); err != nil {
		return err
	}
	rows := rows{most: l.rows}
	for r, resource := range metrics.ResourceMetrics().All() {
		ofResource, err := sizeOfAttributes(resource.Resource().Attributes())
		if err != nil {
			return fmt.Errorf("resource_metrics[%d].resource%w", r, err)
		}
		for s, scope := range resource.ScopeMetrics().All() {
			ofScope, err := sizeOfScope(scope.Scope())
			if err != nil {
				return fmt.Errorf("resource_metrics[%d].scope_metrics[%d].scope%w", r, s, err)
			}
			shared := ofResource.plus(ofScope).plus(size(len(resource.SchemaUrl()) + len(scope.SchemaUrl())))
			for i, metric := range scope.Metrics().All() {
				if err := rows.addMetric(metric, shared); err != nil {
					return fmt.Errorf("resource_metrics[%d].scope_metrics[%d].metrics[%d]%w", r, s, i, err)
				}
			}
		}
	}
	return nil
}

func (r *rows) addMetric(metric pmetric.Metric, shared size) error {
	shared = shared.plus(size(len(metric.Name()) + len(metric.Description()) + len(metric.Unit())))
	// The exporter goes through a resource's attributes for each metric, also for one without points.
	if err := r.add(shared); err != nil {
		return err
	}
	switch metric.Type() {
	case pmetric.MetricTypeGauge:
		return addPoints(r, metric.Gauge().DataPoints().All(), shared)
	case pmetric.MetricTypeSum:
		return addPoints(r, metric.Sum().DataPoints().All(), shared)
	case pmetric.MetricTypeHistogram:
		return addPoints(r, metric.Histogram().DataPoints().All(), shared)
	case pmetric.MetricTypeExponentialHistogram:
		return addPoints(r, metric.ExponentialHistogram().DataPoints().All(), shared)
	case pmetric.MetricTypeSummary:
		return addPoints(r, metric.Summary().DataPoints().All(), shared)
	default:
		return nil
	}
}

type point interface{ Attributes() pcommon.Map }

// withExemplars is every kind of point but a summary's.
type withExemplars interface{ Exemplars() pmetric.ExemplarSlice }

func addPoints[Point point](rows *rows, points iter.Seq2[int, Point], shared size) error {
	for i, point := range points {
		own, err := sizeOfPoint(point)
		if err == nil {
			err = rows.add(own.plus(shared))
		}
		if err != nil {
			return fmt.Errorf(".data_points[%d]%w", i, err)
		}
	}
	return nil
}

func sizeOfPoint(point point) (size, error) {
	all, err := sizeOfAttributes(point.Attributes())
	if err != nil {
		return 0, err
	}
	if sampled, ok := point.(withExemplars); ok {
		for i, exemplar := range sampled.Exemplars().All() {
			one, err := sizeOfAttributes(exemplar.FilteredAttributes())
			if err != nil {
				return 0, fmt.Errorf(".exemplars[%d]%w", i, err)
			}
			all = all.plus(rowBytes).plus(one)
		}
	}
	return all.plus(rowBytes), nil
}

func sizeOfScope(scope pcommon.InstrumentationScope) (size, error) {
	attributes, err := sizeOfAttributes(scope.Attributes())
	return attributes.plus(size(len(scope.Name()) + len(scope.Version()))), err
}
