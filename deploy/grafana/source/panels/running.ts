// SPDX-License-Identifier: Apache-2.0
// Checks: what runs or waits now, how far it is, since when, and until when.
import * as common from '@grafana/grafana-foundation-sdk/common';
import { BAD, GOING, WARNING, statusMappings, thresholds } from '../colours';
import { ofTarget, perTask, shortlyNamed, whereStatus } from '../metrics';
import { atTheRight, lines, type Panel } from './kinds';
import { COLOURED, COLOURED_TEXT, GAUGE, newest } from './tables';

const items = ofTarget('task_items');
const itemsFinished = ofTarget('task_items_finished');
const subtasks = ofTarget('task_subtasks');
const subtasksReady = ofTarget('task_subtasks_ready');
const started = ofTarget('task_started_timestamp_seconds');
const created = ofTarget('task_created_timestamp_seconds');
const lastProgress = ofTarget('task_last_progress_timestamp_seconds');

const ofActive = (expression: string): string => perTask(whereStatus(expression, '< 2'));
/** Share of the work that is done; a task without work has no share. */
const share = (done: string, all: string): string => `${done} / (${all} > 0)`;
/** What is left, at the mean speed since the start. */
const secondsLeft = `(time() - ${started}) * (${items} - ${itemsFinished}) / (${itemsFinished} > 0)`;

export const running = (): Panel[] => [
  newest(
    { w: 24, h: 9 },
    {
      title: 'Checks that run or wait',
      description:
        'Items and subtasks as the service counts them. "Since" is when the check started, or, while it waits, when it was created. "Left" is what remains at the mean speed since the start; a check without a finished item has none. "Last progress" is how long ago items, subtasks or state last moved.',
      unit: 'none',
    },
    [
      { name: 'Target', label: 'target', width: 105 },
      { name: 'Type', label: 'task_type', width: 145 },
      { name: 'Task', label: 'task_id', width: 310 },
      {
        name: 'State',
        expression: perTask(`${ofTarget('task_status_code')} < 2`),
        mappings: statusMappings(),
        cell: COLOURED,
        width: 100,
        align: common.FieldTextAlignment.Center,
      },
      { name: 'Items', expression: ofActive(items), unit: 'none', width: 60 },
      {
        name: 'Items finished',
        expression: ofActive(share(itemsFinished, items)),
        unit: 'percentunit',
        decimals: 0,
        min: 0,
        max: 1,
        cell: GAUGE,
        thresholds: thresholds([], GOING),
      },
      { name: 'Subtasks', expression: ofActive(subtasks), unit: 'none', width: 80 },
      {
        name: 'Subtasks ready',
        expression: ofActive(share(subtasksReady, subtasks)),
        unit: 'percentunit',
        decimals: 0,
        min: 0,
        max: 1,
        cell: GAUGE,
        thresholds: thresholds([], GOING),
      },
      {
        name: 'Since',
        expression: ofActive(`1000 * (${started} or ${created})`),
        unit: 'dateTimeAsIsoNoDateIfToday',
        width: 85,
        align: common.FieldTextAlignment.Right,
      },
      { name: 'For', expression: ofActive(`(time() - (${started} or ${created}))`), unit: 's', decimals: 0, width: 75 },
      { name: 'Left', expression: ofActive(secondsLeft), unit: 's', decimals: 0, width: 75 },
      {
        name: 'Last progress',
        expression: ofActive(`(time() - ${lastProgress})`),
        unit: 's',
        decimals: 0,
        width: 105,
        cell: COLOURED_TEXT,
        thresholds: thresholds(
          [
            [900, WARNING],
            [1800, BAD],
          ],
          'text'
        ),
      },
    ],
    'nothing runs or waits'
  ),
];

export const progress = (): Panel[] => [
  lines(
    { w: 12, h: 9 },
    {
      title: 'Progress of each check',
      description: 'Share of its items that a running check has finished. A flat line has stalled.',
      unit: 'percentunit',
    },
    [['{{task}}', shortlyNamed(whereStatus(share(itemsFinished, items), '== 1'))]]
  )
    .min(0)
    .max(1)
    .fillOpacity(0)
    .lineWidth(2)
    .legend(atTheRight()),
];
