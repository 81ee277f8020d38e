// SPDX-License-Identifier: Apache-2.0
// Lines, areas and bars over time, by the plot that Grafana's own panel is made of; annotations are drawn over it.
import { cacheFieldDisplayNames, DataTopic, FieldType, PanelPlugin, type DataFrame, type PanelProps } from '@grafana/data';
import { TimeSeries, type UPlotConfigBuilder, useTheme2 } from '@grafana/ui';
import type { VizLegendOptions } from '@grafana/schema';
import type uPlot from 'uplot';
import { Empty, hasValues } from './empty';

interface Mark {
  time: number;
  color: string;
}

export const marksOf = (frames: DataFrame[] = []): Mark[] =>
  frames
    .filter(({ meta }) => !meta?.dataTopic || meta.dataTopic === DataTopic.Annotations)
    .flatMap((frame) => {
      const field = (name: string) => frame.fields.find((candidate) => candidate.name === name)?.values ?? [];
      const colors = field('color');
      return field('time').map((time: number, index: number) => ({ time, color: colors[index] ?? 'gray' }));
    });

const drawMarks = (marks: Mark[], named: (color: string) => string) => (plot: uPlot) => {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.lineWidth = 1;
  ctx.setLineDash([4, 4]);
  for (const { time, color } of marks) {
    const x = Math.round(plot.valToPos(time, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.strokeStyle = named(color);
    ctx.fillStyle = named(color);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(x - 4, bbox.top + bbox.height + 5);
    ctx.lineTo(x + 4, bbox.top + bbox.height + 5);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.fill();
  }
  ctx.restore();
};

const Panel = ({
  data,
  width,
  height,
  timeRange,
  timeZone,
  options,
  fieldConfig,
}: PanelProps<{ legend: VizLegendOptions }>) => {
  const theme = useTheme2();
  if (!hasValues(data.series)) return <Empty fieldConfig={fieldConfig} />;
  cacheFieldDisplayNames(data.series);
  const marks = marksOf(data.annotations);
  const drawn = new WeakSet<UPlotConfigBuilder>();
  return (
    <div data-marks={marks.length}>
      <TimeSeries
        frames={data.series.map(sorted)}
        width={width}
        height={height}
        timeRange={timeRange}
        timeZone={timeZone}
        legend={options.legend}
        options={{ marks: marks.length }}
      >
        {(config: UPlotConfigBuilder) => {
          if (!drawn.has(config))
            config.addHook(
              'draw',
              drawMarks(marks, (color) => theme.visualization.getColorByName(color))
            );
          drawn.add(config);
          return null;
        }}
      </TimeSeries>
    </div>
  );
};

/** The plot wants times in order, and numbers only. */
const sorted = (frame: DataFrame): DataFrame => ({
  ...frame,
  fields: frame.fields.filter(({ type }) => type === FieldType.time || type === FieldType.number),
});

const CUSTOM = [
  'drawStyle',
  'lineWidth',
  'lineInterpolation',
  'lineStyle',
  'fillOpacity',
  'gradientMode',
  'showPoints',
  'pointSize',
  'spanNulls',
  'stacking',
  'axisPlacement',
  'axisLabel',
  'axisSoftMin',
  'axisSoftMax',
  'axisColorMode',
  'barAlignment',
  'barWidthFactor',
  'barMaxWidth',
  'thresholdsStyle',
  'hideFrom',
  'axisBorderShow',
  'axisGridShow',
  'scaleDistribution',
  'insertNulls',
  'transform',
];

export const withCustomOptions = (plugin: PanelPlugin<any>, names: string[]): PanelPlugin<any> =>
  plugin.useFieldConfig({
    useCustomConfig: (builder) => {
      for (const name of names) {
        builder.addCustomEditor({
          id: name,
          path: name,
          name,
          process: (value: unknown) => value,
          shouldApply: () => true,
          override: () => null,
          editor: () => null,
        } as never);
      }
    },
  });

export const timeSeries = withCustomOptions(new PanelPlugin(Panel as never).setDataSupport({ annotations: true }), CUSTOM);
