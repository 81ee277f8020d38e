// SPDX-License-Identifier: Apache-2.0
// The kinds of panels, each with what all of its kind have in common.
import * as cog from '@grafana/grafana-foundation-sdk/cog';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import { wordColours, type Word } from '../colours';
import { DATASOURCE } from '../variables';

export type Panel = cog.Builder<dashboard.Panel>;
export interface Size {
  w: number; // of 24
  h: number;
}
export interface Heading {
  title: string;
  description: string;
  unit: string;
}
/** A query and the name of its series; `legend` may hold {{label}}. */
export type Series = [legend: string, expression: string];

/** The least time that a bar stands for. */
const BAR = '1m';

const letter = (index: number): string => String.fromCharCode('A'.charCodeAt(0) + index);

/** For the types of checks, which have the same colour in every panel then. */
export const BY_NAME = new dashboard.FieldColorBuilder().mode(dashboard.FieldColorModeId.PaletteClassicByName);

export const query = (index: number, expression: string): prometheus.DataqueryBuilder =>
  new prometheus.DataqueryBuilder().refId(letter(index)).datasource(DATASOURCE).expr(expression);

const PALETTE = new dashboard.FieldColorBuilder().mode(dashboard.FieldColorModeId.PaletteClassic);

const overTime = (series: Series[]): prometheus.DataqueryBuilder[] =>
  series.map(([legend, expression], index) => query(index, expression).range().legendFormat(legend));

/** A figure as it is now; several series become several figures, each with its name. */
export const figure = (size: Size, heading: Heading, series: Series[], noValue = 'no data'): stat.PanelBuilder =>
  new stat.PanelBuilder()
    .title(heading.title)
    .description(heading.description)
    .unit(heading.unit)
    .datasource(DATASOURCE)
    .span(size.w)
    .height(size.h)
    .targets(series.map(([legend, expression], index) => query(index, expression).instant().legendFormat(legend)))
    .noValue(noValue)
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields(''))
    .colorMode(common.BigValueColorMode.Value)
    .graphMode(common.BigValueGraphMode.None)
    .justifyMode(common.BigValueJustifyMode.Auto)
    .textMode(common.BigValueTextMode.Auto)
    .orientation(common.VizOrientation.Auto);

/** For panels with many series. */
export const atTheRight = (): common.VizLegendOptionsBuilder =>
  new common.VizLegendOptionsBuilder()
    .displayMode(common.LegendDisplayMode.List)
    .placement(common.LegendPlacement.Right)
    .showLegend(true)
    .calcs([]);

/** Lines, named in a legend below. Words with a meaning have their colour. */
export const lines = (size: Size, heading: Heading, series: Series[], words: Word[] = []): timeseries.PanelBuilder => {
  const panel = new timeseries.PanelBuilder()
    .title(heading.title)
    .description(heading.description)
    .unit(heading.unit)
    .datasource(DATASOURCE)
    .span(size.w)
    .height(size.h)
    .targets(overTime(series))
    .lineWidth(1)
    .fillOpacity(8)
    .showPoints(common.VisibilityMode.Never)
    .spanNulls(false)
    .colorScheme(PALETTE)
    .legend(
      new common.VizLegendOptionsBuilder()
        .displayMode(common.LegendDisplayMode.List)
        .placement(common.LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([])
    )
    .tooltip(new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi).sort(common.SortOrder.Descending));
  for (const [pattern, properties] of wordColours(words)) panel.overrideByRegexp(pattern, properties);
  return panel;
};

/** Lines whose sum means something, one upon the other. */
export const stacked = (size: Size, heading: Heading, series: Series[], words: Word[] = []): timeseries.PanelBuilder =>
  lines(size, heading, series, words)
    .fillOpacity(40)
    .min(0)
    .stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal).group('A'));

/** How often something happened, as bars. */
export const bars = (size: Size, heading: Heading, series: Series[], words: Word[] = []): timeseries.PanelBuilder =>
  stacked(size, heading, series, words)
    .interval(BAR)
    .decimals(0)
    .drawStyle(common.GraphDrawStyle.Bars)
    .fillOpacity(80)
    .lineWidth(0)
    .noValue('none in the time shown');

/** One row a series: what state it was in, and when. */
export const timeline = (size: Size, heading: Heading, series: Series[]): statetimeline.PanelBuilder =>
  new statetimeline.PanelBuilder()
    .title(heading.title)
    .description(heading.description)
    .unit(heading.unit)
    .datasource(DATASOURCE)
    .span(size.w)
    .height(size.h)
    .targets(overTime(series))
    .mergeValues(true)
    .showValue(common.VisibilityMode.Auto)
    .alignValue(common.TimelineValueAlignment.Left)
    .rowHeight(0.85)
    .perPage(25)
    .lineWidth(0)
    .fillOpacity(85)
    .legend(
      new common.VizLegendOptionsBuilder()
        .displayMode(common.LegendDisplayMode.List)
        .placement(common.LegendPlacement.Bottom)
        .showLegend(true)
    )
    .tooltip(new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Single));
