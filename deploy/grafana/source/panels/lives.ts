// SPDX-License-Identifier: Apache-2.0
// Checks: the states of each task and of all of them over time.
import * as common from '@grafana/grafana-foundation-sdk/common';
import { statusMappings } from '../colours';
import { ofTarget, once, shortlyNamed } from '../metrics';
import { stacked, timeline, type Panel } from './kinds';

export const lives = (): Panel[] => [
  timeline(
    { w: 24, h: 14 },
    {
      title: 'State of each check',
      description:
        'One row a task: type, beginning of its id, target. A row ends where the task leaves the exporter: metrics.task_retention after its end.',
      unit: 'none',
    },
    [['{{task}}', shortlyNamed(ofTarget('task_status_code'))]]
  ).mappings(statusMappings()),
];

export const inEachState = (): Panel[] => [
  stacked(
    { w: 12, h: 9 },
    {
      title: 'Checks in each state',
      description:
        'Checks that run, wait or are in a state that nobody knows. Those that ended are left out: they would outweigh all others.',
      unit: 'none',
    },
    [
      [
        '{{status}}',
        `sum by (status) (${once('target, task_type, status', ofTarget('tasks', 'status=~"not_started|running|unknown"'))})`,
      ],
    ],
    ['not_started', 'running', 'unknown']
  )
    .decimals(0)
    .lineInterpolation(common.LineInterpolation.StepAfter),
];
