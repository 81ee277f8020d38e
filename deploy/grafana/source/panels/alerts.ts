// SPDX-License-Identifier: Apache-2.0
// Checks: the alerts of the exporter.
import * as common from '@grafana/grafana-foundation-sdk/common';
import { BAD, thresholds } from '../colours';
import { ofTarget, once } from '../metrics';
import { stacked, type Panel } from './kinds';
import { COLOURED_TEXT, largestFirst, newest } from './tables';

const firing = `${once('target, alert', ofTarget('alerts_firing'))} > 0`;

export const alertsOverTime = (): Panel[] => [
  stacked(
    { w: 12, h: 8 },
    { title: 'Alerts over time', description: 'How many alerts of each kind fired at a time.', unit: 'none' },
    [['{{alert}}', `sum by (alert) (${once('target, alert', ofTarget('alerts_firing'))}) > 0`]],
    ['timed_out', 'stalled', 'not_started']
  )
    .decimals(0)
    .lineInterpolation(common.LineInterpolation.StepAfter)
    .noValue('no alert fired'),
];

export const alertsFiring = (): Panel[] => [
  newest(
    { w: 12, h: 8 },
    { title: 'Alerts that fire now', description: 'How many alerts of each kind fire now, for each target.', unit: 'none' },
    [
      { name: 'Target', label: 'target' },
      { name: 'Alert', label: 'alert' },
      {
        name: 'Firing',
        expression: firing,
        unit: 'none',
        width: 90,
        cell: COLOURED_TEXT,
        thresholds: thresholds([[1, BAD]]),
      },
    ],
    'no alert fires'
  ).sortBy(largestFirst('Firing')),
];
