// SPDX-License-Identifier: Apache-2.0
// One row a series, one block a stay in a state. Grafana keeps its own state timeline within its server's page, so this one
// draws the same from the same options.
import {
  dateTimeFormat,
  FieldType,
  getFieldDisplayName,
  PanelPlugin,
  type DataFrame,
  type Field,
  type PanelProps,
} from '@grafana/data';
import { LegendDisplayMode, type VizLegendOptions } from '@grafana/schema';
import { Pagination, useTheme2, VizLegend, type VizLegendItem } from '@grafana/ui';
import { useState } from 'react';
import { Empty, hasValues } from './empty';
import { marksOf, withCustomOptions } from './time_series';

interface Options {
  legend: VizLegendOptions;
  rowHeight: number;
  perPage?: number;
}
interface Block {
  from: number;
  to: number;
  text: string;
  color: string;
}
interface Row {
  name: string;
  blocks: Block[];
}

const AXIS = 22;
const LEGEND = 30;
const PAGES = 36;
const NARROWEST_LABELLED = 60; // pixels

const blocksOf = (times: number[], field: Field, end: number): Block[] => {
  const blocks: Block[] = [];
  let open: { value: unknown; block: Block } | undefined;
  field.values.forEach((value: unknown, index: number) => {
    if (open) open.block.to = times[index];
    if (open && value === open.value) return;
    open = undefined;
    if (value === null || value === undefined) return;
    const { text, color = 'gray' } = field.display!(value);
    open = { value, block: { from: times[index], to: end, text, color } };
    blocks.push(open.block);
  });
  if (open) open.block.to = end;
  return blocks;
};

const rowsOf = (frames: DataFrame[], end: number): Row[] =>
  frames.flatMap((frame) => {
    const times = frame.fields.find(({ type }) => type === FieldType.time)!.values;
    return frame.fields
      .filter(({ type }) => type === FieldType.number)
      .map((field) => ({ name: getFieldDisplayName(field, frame, frames), blocks: blocksOf(times, field, end) }));
  });

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400].map(
  (s) => s * 1000
);

const stepOf = (from: number, to: number, width: number): number =>
  STEPS.find((candidate) => ((to - from) / candidate) * 80 < width) ?? STEPS[STEPS.length - 1];

const ticks = (from: number, to: number, step: number): number[] => {
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, index) => first + index * step);
};

const Panel = ({ data, width, height, timeRange, timeZone, options, fieldConfig }: PanelProps<Options>) => {
  const theme = useTheme2();
  const [page, setPage] = useState(1);
  if (!hasValues(data.series)) return <Empty fieldConfig={fieldConfig} />;
  const marks = marksOf(data.annotations);
  const from = timeRange.from.valueOf();
  const to = timeRange.to.valueOf();
  const rows = rowsOf(data.series, to);
  const perPage = options.perPage || rows.length;
  const pages = Math.ceil(rows.length / perPage);
  const shown = rows.slice((page - 1) * perPage, page * perPage);
  const labelWidth = Math.min(width / 3, 12 + 7.1 * Math.max(...shown.map(({ name }) => name.length)));
  const plotWidth = width - labelWidth - 8;
  const plotHeight = height - AXIS - (options.legend.showLegend ? LEGEND : 0) - (pages > 1 ? PAGES : 0);
  const rowHeight = plotHeight / shown.length;
  const x = (time: number) => labelWidth + ((time - from) / (to - from)) * plotWidth;
  const text = { fontSize: 12, fill: theme.colors.text.primary };
  const legend: VizLegendItem[] = [
    ...new Map(rows.flatMap(({ blocks }) => blocks).map((block) => [block.text, block])).values(),
  ].map((block) => ({ label: block.text, color: block.color, yAxis: 1 }));
  const step = stepOf(from, to, plotWidth);
  const inFormat = step < 60000 ? 'HH:mm:ss' : 'HH:mm';
  return (
    <div data-marks={marks.length}>
      <svg width={width} height={plotHeight + AXIS} style={{ display: 'block' }}>
        {ticks(from, to, step).map((time) => (
          <g key={time}>
            <line x1={x(time)} x2={x(time)} y1={0} y2={plotHeight} stroke={theme.colors.border.weak} />
            <text {...text} fill={theme.colors.text.secondary} x={x(time)} y={plotHeight + 16} textAnchor="middle">
              {dateTimeFormat(time, { format: inFormat, timeZone })}
            </text>
          </g>
        ))}
        {shown.map(({ name, blocks }, index) => {
          const y = index * rowHeight + (rowHeight * (1 - options.rowHeight)) / 2;
          const h = rowHeight * options.rowHeight;
          return (
            <g key={name}>
              <text {...text} x={labelWidth - 8} y={y + h / 2} dominantBaseline="central" textAnchor="end">
                {name}
              </text>
              {blocks.map((block) => (
                <g key={block.from}>
                  <rect
                    x={x(block.from)}
                    y={y}
                    width={Math.max(1, x(block.to) - x(block.from))}
                    height={h}
                    fill={block.color}
                    fillOpacity={0.85}
                  />
                  {x(block.to) - x(block.from) > NARROWEST_LABELLED && (
                    <text
                      x={x(block.from) + 5}
                      y={y + h / 2}
                      dominantBaseline="central"
                      fontSize={11}
                      fill={theme.colors.getContrastText(block.color)}
                    >
                      {block.text}
                    </text>
                  )}
                </g>
              ))}
            </g>
          );
        })}
        {marks.map(({ time, color }, index) =>
          time < from || time > to ? null : (
            <g
              key={index}
              stroke={theme.visualization.getColorByName(color)}
              fill={theme.visualization.getColorByName(color)}
            >
              <line x1={x(time)} x2={x(time)} y1={0} y2={plotHeight} strokeDasharray="4 4" strokeOpacity={0.7} />
              <path d={`M${x(time) - 4},${plotHeight + 5} h8 l-4,-5 z`} />
            </g>
          )
        )}
      </svg>
      {options.legend.showLegend && <VizLegend items={legend} placement="bottom" displayMode={LegendDisplayMode.List} />}
      {pages > 1 && <Pagination currentPage={page} numberOfPages={pages} onNavigate={setPage} />}
    </div>
  );
};

export const stateTimeline = withCustomOptions(new PanelPlugin<Options>(Panel).setDataSupport({ annotations: true }), [
  'fillOpacity',
  'lineWidth',
  'spanNulls',
]);
