// SPDX-License-Identifier: Apache-2.0
// Puts panels into a dashboard: from left to right, band below band, numbered in that order.
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import type { Panel } from './panels/kinds';

export interface Band {
  /** The heading of the band; without one it has none. */
  title?: string;
  panels: Panel[];
}

const WIDTH = 24;

/** What every panel has to say, or it is not let in. */
const complete = (panel: dashboard.Panel, others: Array<dashboard.Panel | dashboard.RowPanel>): dashboard.Panel => {
  const unit = panel.fieldConfig?.defaults?.unit;
  if (!panel.title || !panel.description || !unit) {
    throw new Error(`the panel '${panel.title}' lacks a title, a description or a unit`);
  }
  if (others.some(({ title }) => title === panel.title)) throw new Error(`two panels are called '${panel.title}'`);
  return panel;
};

export const lay = (bands: Band[]): Array<dashboard.Panel | dashboard.RowPanel> => {
  const placed: Array<dashboard.Panel | dashboard.RowPanel> = [];
  let y = 0;
  for (const band of bands) {
    if (band.title) {
      placed.push(
        new dashboard.RowBuilder(band.title)
          .id(placed.length + 1)
          .gridPos({ x: 0, y, w: WIDTH, h: 1 })
          .build()
      );
      y += 1;
    }
    let x = 0;
    let tallest = 0;
    for (const builder of band.panels) {
      const panel = complete(builder.build(), placed);
      const { w, h } = panel.gridPos!;
      if (x + w > WIDTH) {
        x = 0;
        y += tallest;
        tallest = 0;
      }
      panel.id = placed.length + 1;
      panel.gridPos = { x, y, w, h };
      placed.push(panel);
      x += w;
      tallest = Math.max(tallest, h);
    }
    y += tallest;
  }
  return placed;
};
