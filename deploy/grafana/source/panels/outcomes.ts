// SPDX-License-Identifier: Apache-2.0
// Checks: how they ended, how long they took, and what is overdue.
import { BAD, GOOD, WARNING, thresholds } from '../colours';
import { movedInRange, ofTarget, steps } from '../metrics';
import { BY_NAME, bars, type Panel } from './kinds';
import { COLOURED_TEXT, largestFirst, newest } from './tables';

const ended = (to: string): string => steps('task_type', ofTarget('task_transitions_total', `to="${to}"`));
const durations = (suffix: string, matchers: string): string => ofTarget(`task_duration_seconds_${suffix}`, matchers);
const quantile = (q: number): string =>
  `histogram_quantile(${q}, sum by (task_type, le) (increase(${durations('bucket', 'status="complete"')}[$__range])))`;
const runs = (status: string): string => movedInRange('task_type', durations('count', `status="${status}"`));
const ago = (metric: string): string => `time() - max by (target, task_type) (${ofTarget(metric)})`;

export const endings = (): Panel[] => [
  bars({ w: 12, h: 8 }, { title: 'Completed, by type', description: 'Checks that completed.', unit: 'none' }, [
    ['{{task_type}}', ended('complete')],
  ]).colorScheme(BY_NAME),
  bars({ w: 12, h: 8 }, { title: 'Timed out, by type', description: 'Checks that timed out.', unit: 'none' }, [
    ['{{task_type}}', ended('timed_out')],
  ]).colorScheme(BY_NAME),
];

export const durationsByType = (): Panel[] => [
  newest(
    { w: 12, h: 8 },
    {
      title: 'Durations, by type',
      description:
        'From start to end, of checks that completed within the time shown. The quantiles are estimates from a histogram.',
      unit: 's',
    },
    [
      { name: 'Type', label: 'task_type' },
      { name: 'Completed', expression: `${runs('complete')} > 0`, unit: 'none', decimals: 0, width: 100 },
      {
        name: 'Timed out',
        expression: `${runs('timed_out')} > 0`,
        unit: 'none',
        decimals: 0,
        width: 100,
        cell: COLOURED_TEXT,
        thresholds: thresholds([[1, BAD]], 'text'),
      },
      {
        name: 'Mean',
        expression: `sum by (task_type) (increase(${durations('sum', 'status="complete"')}[$__range])) / (sum by (task_type) (increase(${durations('count', 'status="complete"')}[$__range])) > 0)`,
        unit: 's',
        decimals: 1,
        width: 110,
      },
      { name: 'Median', expression: `${quantile(0.5)} > 0`, unit: 's', decimals: 1, width: 110 },
      { name: '95th percentile', expression: `${quantile(0.95)} > 0`, unit: 's', decimals: 1, width: 130 },
    ],
    'none ended within the time shown'
  ),
  newest(
    { w: 12, h: 8 },
    {
      title: 'Last completed, last timed out',
      description:
        'How long ago a check of each type last completed, and last timed out. What has not completed for long has old results.',
      unit: 's',
    },
    [
      { name: 'Target', label: 'target' },
      { name: 'Type', label: 'task_type' },
      {
        name: 'Completed, ago',
        expression: ago('last_completed_timestamp_seconds'),
        unit: 's',
        decimals: 1,
        width: 150,
        cell: COLOURED_TEXT,
        thresholds: thresholds(
          [
            [86400, WARNING],
            [172800, BAD],
          ],
          GOOD
        ),
      },
      { name: 'Timed out, ago', expression: ago('last_timed_out_timestamp_seconds'), unit: 's', decimals: 1, width: 150 },
    ],
    'none ended yet'
  ),
];

const subtasks = (status: string): string =>
  `max by (target, task_type, task_id) (${ofTarget('task_subtasks_by_status', `status="${status}"`)})`;
const withFailures = (expression: string): string => `${expression} and on (target, task_id) ${subtasks('failed')} > 0`;

export const failedSubtasks = (): Panel[] => [
  newest(
    { w: 24, h: 7 },
    {
      title: 'Ended checks with failed subtasks',
      description:
        'Checks that ended and of whose subtasks some failed. Their names stand in the alert completed_with_failures.',
      unit: 'none',
    },
    [
      { name: 'Target', label: 'target', width: 120 },
      { name: 'Type', label: 'task_type', width: 150 },
      { name: 'Task', label: 'task_id' },
      {
        name: 'Failed',
        expression: `${subtasks('failed')} > 0`,
        width: 80,
        cell: COLOURED_TEXT,
        thresholds: thresholds([[1, BAD]]),
      },
      {
        name: 'Timed out',
        expression: withFailures(subtasks('timed_out')),
        width: 95,
        cell: COLOURED_TEXT,
        thresholds: thresholds([[1, WARNING]], 'text'),
      },
      { name: 'Complete', expression: withFailures(subtasks('complete')), width: 95 },
    ],
    'no subtask failed'
  ).sortBy(largestFirst('Failed')),
];
