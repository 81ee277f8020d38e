// SPDX-License-Identifier: Apache-2.0
// Tables that put the newest values of several queries side by side: one row for each set of labels.
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import * as table from '@grafana/grafana-foundation-sdk/table';
import { DATASOURCE } from '../variables';
import { query, type Heading, type Size } from './kinds';

export interface Column {
  name: string;
  /** Of a query that is asked for its labels only. */
  isHidden?: boolean;
  /** A label's name, or a query whose value is shown. */
  label?: string;
  expression?: string;
  unit?: string;
  width?: number;
  decimals?: number;
  min?: number;
  max?: number;
  cell?: common.TableCellOptions;
  thresholds?: dashboard.ThresholdsConfigBuilder;
  mappings?: dashboard.ValueMapping[];
  align?: common.FieldTextAlignment;
}

export const GAUGE: common.TableCellOptions = {
  type: common.TableCellDisplayMode.Gauge,
  mode: common.BarGaugeDisplayMode.Basic,
  valueDisplayMode: common.BarGaugeValueMode.Text,
};
export const COLOURED_TEXT: common.TableCellOptions = { type: common.TableCellDisplayMode.ColorText };
export const COLOURED: common.TableCellOptions = {
  type: common.TableCellDisplayMode.ColorBackground,
  mode: common.TableCellBackgroundDisplayMode.Basic,
};

/** How Grafana names the column of a query's values: with the query's letter where there are several. */
const fieldOf = (column: Column, queries: Column[]): string =>
  column.label ??
  (queries.length === 1 ? 'Value' : `Value #${String.fromCharCode('A'.charCodeAt(0) + queries.indexOf(column))}`);

const properties = (column: Column): dashboard.DynamicConfigValue[] => {
  const given: Array<[string, unknown]> = [
    ['unit', column.unit],
    ['decimals', column.decimals],
    ['min', column.min],
    ['max', column.max],
    ['mappings', column.mappings],
    ['noValue', column.expression && '–'],
    ['thresholds', column.thresholds?.build()],
    ['color', column.thresholds && { mode: 'thresholds' }],
    ['custom.width', column.width],
    ['custom.cellOptions', column.cell],
    ['custom.align', column.align],
  ];
  return given.filter(([, value]) => value !== undefined).map(([id, value]) => ({ id, value }));
};

export const newest = (size: Size, heading: Heading, columns: Column[], noValue: string): table.PanelBuilder => {
  const queries = columns.filter((column) => column.expression);
  const fields = columns.map((column) => fieldOf(column, queries));
  const hidden = columns.filter((column) => column.isHidden).map((column) => fieldOf(column, queries));
  const panel = new table.PanelBuilder()
    .title(heading.title)
    .description(heading.description)
    .unit(heading.unit)
    .datasource(DATASOURCE)
    .span(size.w)
    .height(size.h)
    .noValue(noValue)
    .cellHeight(common.TableCellHeight.Sm)
    .showHeader(true)
    .targets(
      queries.map((column, index) => query(index, column.expression!).instant().format(prometheus.PromQueryFormat.Table))
    )
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: Object.fromEntries(['Time', ...hidden].map((field) => [field, true])),
        indexByName: Object.fromEntries(fields.map((field, index) => [field, index])),
        renameByName: Object.fromEntries(columns.map((column, index) => [fields[index], column.name])),
      },
    });
  for (const column of columns) {
    const values = properties(column);
    if (values.length > 0) panel.overrideByName(column.name, values);
  }
  return panel;
};

/** Puts the rows with the largest values of a column first. */
export const largestFirst = (column: string): common.TableSortByFieldStateBuilder[] => [
  new common.TableSortByFieldStateBuilder().displayName(column).desc(true),
];
