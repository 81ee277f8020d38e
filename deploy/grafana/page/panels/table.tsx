// SPDX-License-Identifier: Apache-2.0
import { cacheFieldDisplayNames, PanelPlugin, type PanelProps } from '@grafana/data';
import { TableNG } from '@grafana/ui/unstable';
import type { TableCellHeight, TableSortByFieldState } from '@grafana/schema';
import { Empty } from './empty';
import { withCustomOptions } from './time_series';

interface Options {
  cellHeight: TableCellHeight;
  sortBy?: TableSortByFieldState[];
}

const Panel = ({ data, width, height, options, fieldConfig, timeRange }: PanelProps<Options>) => {
  const [frame] = data.series;
  if (!frame || frame.length === 0) return <Empty fieldConfig={fieldConfig} />;
  cacheFieldDisplayNames(data.series);
  return (
    <TableNG
      data={frame}
      width={width}
      height={height}
      cellHeight={options.cellHeight}
      sortBy={options.sortBy}
      timeRange={timeRange}
      fieldConfig={fieldConfig}
      enableVirtualization={false}
    />
  );
};

export const table = withCustomOptions(new PanelPlugin<Options>(Panel), [
  'width',
  'minWidth',
  'cellOptions',
  'align',
  'hidden',
  'inspect',
  'filterable',
  'wrapText',
]);
