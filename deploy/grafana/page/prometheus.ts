// SPDX-License-Identifier: Apache-2.0
// A data source that asks a real Prometheus over its HTTP API: what Grafana's own does with the queries, variables and
// annotations of these dashboards. Grafana does not publish its own outside of its server.
import {
  DataSourceApi,
  FieldType,
  rangeUtil,
  toDataFrame,
  type AnnotationEvent,
  type DataFrame,
  type DataQuery,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceInstanceSettings,
  type MetricFindValue,
  type ScopedVars,
  type TimeRange,
} from '@grafana/data';
import { sceneGraph, type SceneObject } from '@grafana/scenes';

interface Query extends DataQuery {
  expr: string;
  instant?: boolean;
  format?: string;
  legendFormat?: string;
}
interface Result {
  metric: Record<string, string>;
  value?: [number, string];
  values?: Array<[number, string]>;
}
interface Annotation {
  expr: string;
  step?: string;
  titleFormat?: string;
  textFormat?: string;
  tagKeys?: string;
}

const MOST_POINTS = 11000; // that Prometheus answers for one series

/** As Grafana's data source writes a variable into PromQL: several values become alternatives of a regular expression. */
const inPromQl = (value: unknown): string => {
  const escape = (text: unknown) => String(text).replace(/[\\^$*+?.()|[\]{}]/g, '\\\\$&');
  return Array.isArray(value) ? (value.length === 1 ? escape(value[0]) : `(${value.map(escape).join('|')})`) : String(value);
};

const named = (format: string | undefined, labels: Record<string, string>): string => {
  if (format && format !== '__auto') return format.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label) => labels[label] ?? '');
  const { __name__: name = '', ...rest } = labels;
  const inner = Object.entries(rest)
    .map(([label, value]) => `${label}="${value}"`)
    .join(', ');
  return inner ? `${name}{${inner}}` : name;
};

export class Prometheus extends DataSourceApi<Query> {
  /** Whose variables annotations and other variables are narrowed by. */
  scope?: SceneObject;

  constructor(
    settings: DataSourceInstanceSettings,
    private readonly address: string,
    private readonly scrapeInterval: number // seconds
  ) {
    super(settings);
  }

  async query(request: DataQueryRequest<Query>): Promise<DataQueryResponse> {
    const answers = await Promise.all(request.targets.map((target) => this.answer(target, request)));
    return { data: answers.flat() };
  }

  private async answer(target: Query, request: DataQueryRequest<Query>): Promise<DataFrame[]> {
    const { from, to } = seconds(request.range);
    const step = this.step(request, from, to);
    const expression = this.interpolated(target.expr, request.range, step, request.scopedVars);
    if (target.instant) {
      const results = await this.ask('query', { query: expression, time: String(to) });
      return target.format === 'table'
        ? [asTable(target, results, request.targets.length)]
        : results.map((result) => asSeries(target, result));
    }
    const start = Math.ceil(from / step) * step;
    const results = await this.ask('query_range', {
      query: expression,
      start: String(start),
      end: String(to),
      step: String(step),
    });
    return results.map((result) => asSeries(target, result, { start, end: to, step }));
  }

  private step(request: DataQueryRequest<Query>, from: number, to: number): number {
    const wanted = Math.max(request.intervalMs / 1000, this.scrapeInterval, (to - from) / MOST_POINTS);
    return Math.ceil(wanted);
  }

  private interpolated(text: string, range: TimeRange, step: number, scopedVars: ScopedVars = {}): string {
    const { from, to } = seconds(range);
    const whole = Math.round(to - from);
    const rateInterval = Math.max(step + this.scrapeInterval, 4 * this.scrapeInterval);
    const variable = (value: string) => ({ text: value, value });
    const scope = (scopedVars.__sceneObject?.value?.valueOf() as SceneObject | undefined) ?? this.scope!;
    const vars = {
      ...scopedVars,
      __interval: variable(`${step}s`),
      __rate_interval: variable(`${rateInterval}s`),
      __range: variable(`${whole}s`),
      __range_s: variable(String(whole)),
    };
    return sceneGraph.interpolate(scope, text, vars, inPromQl);
  }

  async metricFindQuery(
    query: string | { query: string },
    options?: { range?: TimeRange; scopedVars?: ScopedVars }
  ): Promise<MetricFindValue[]> {
    const text = typeof query === 'string' ? query : query.query;
    const found = /^label_values\((.*),\s*(\w+)\)$/.exec(text);
    if (!found) throw new Error(`not a query of label values: ${text}`);
    const range = options!.range!;
    const { from, to } = seconds(range);
    const series = this.interpolated(found[1], range, this.scrapeInterval, options?.scopedVars);
    const values = await this.ask(`label/${found[2]}/values`, { 'match[]': series, start: String(from), end: String(to) });
    return (values as unknown as string[]).map((value) => ({ text: value }));
  }

  async annotationQuery(request: { range: TimeRange; annotation: unknown }): Promise<AnnotationEvent[]> {
    const { range } = request;
    const annotation = request.annotation as Annotation;
    const step = rangeUtil.intervalToSeconds(annotation.step ?? '60s');
    const { from, to } = seconds(range);
    const query = this.interpolated(annotation.expr, range, step);
    const start = Math.ceil(from / step) * step;
    const results = await this.ask('query_range', { query, start: String(start), end: String(to), step: String(step) });
    return results.flatMap(({ metric, values = [] }) =>
      values
        .filter(([, value]) => Number(value) > 0)
        .map(([time]) => ({
          time: time * 1000,
          title: named(annotation.titleFormat, metric),
          text: named(annotation.textFormat, metric),
          tags: (annotation.tagKeys ?? '')
            .split(',')
            .map((key) => metric[key])
            .filter(Boolean),
        }))
    );
  }

  async testDatasource() {
    await this.ask('query', { query: '1' });
    return { status: 'success', message: 'asked' };
  }

  private async ask(what: string, parameters: Record<string, string>): Promise<Result[]> {
    const response = await fetch(`${this.address}/api/v1/${what}?${new URLSearchParams(parameters)}`);
    const answer = await response.json();
    if (answer.status !== 'success') throw new Error(`${answer.error} (${parameters.query ?? what})`);
    return answer.data.result ?? answer.data;
  }
}

const seconds = (range: TimeRange) => ({ from: range.from.valueOf() / 1000, to: range.to.valueOf() / 1000 });

const asSeries = (
  target: Query,
  { metric, value, values }: Result,
  grid?: { start: number; end: number; step: number }
): DataFrame => {
  const given = values ?? [value!];
  const times = grid ? ticks(grid) : given.map(([time]) => time);
  const byTime = new Map(given.map(([time, text]) => [Math.round(time * 1000), Number(text)]));
  const name = named(target.legendFormat, metric);
  return toDataFrame({
    refId: target.refId,
    name,
    fields: [
      { name: 'Time', type: FieldType.time, values: times.map((time) => Math.round(time * 1000)) },
      {
        name: 'Value',
        type: FieldType.number,
        labels: metric,
        config: { displayNameFromDS: name },
        values: times.map((time) => byTime.get(Math.round(time * 1000)) ?? null),
      },
    ],
  });
};

/** Where a series has no value Grafana's data source puts an empty one, so that lines break there. */
const ticks = ({ start, end, step }: { start: number; end: number; step: number }): number[] =>
  Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => start + index * step);

const asTable = (target: Query, results: Result[], targets: number): DataFrame => {
  const labels = [...new Set(results.flatMap(({ metric }) => Object.keys(metric)))].sort();
  return toDataFrame({
    refId: target.refId,
    fields: [
      { name: 'Time', type: FieldType.time, values: results.map(({ value }) => value![0] * 1000) },
      ...labels.map((label) => ({
        name: label,
        type: FieldType.string,
        values: results.map(({ metric }) => metric[label] ?? ''),
      })),
      {
        name: targets > 1 ? `Value #${target.refId}` : 'Value',
        type: FieldType.number,
        values: results.map(({ value }) => Number(value![1])),
      },
    ],
  });
};
