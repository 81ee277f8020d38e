// SPDX-License-Identifier: Apache-2.0
// Checks: how things stand, in six figures.
import { BAD, GOING, GOOD, IDLE, WAITING, WARNING, thresholds } from '../colours';
import { movedInRange, ofTarget, once } from '../metrics';
import { figure, type Panel } from './kinds';

const size = { w: 4, h: 4 };
const tasksThatAre = (status: string): string =>
  `sum(${once('target, task_type', ofTarget('tasks', `status="${status}"`))})`;
const transitions = (to: string): string =>
  movedInRange('', ofTarget('task_transitions_total', `to="${to}"`)).replace('sum by ()', 'sum');

export const standing = (): Panel[] => [
  figure(
    size,
    {
      title: 'Running',
      description: 'Checks that run now (StatusCode 1), as the last complete poll listed them.',
      unit: 'none',
    },
    [['running', tasksThatAre('running')]]
  ).thresholds(thresholds([[1, GOING]], IDLE)),
  figure(
    size,
    {
      title: 'Waiting to start',
      description: 'Checks that were created and have not started (StatusCode 0).',
      unit: 'none',
    },
    [['waiting', tasksThatAre('not_started')]]
  ).thresholds(thresholds([[1, WAITING]], IDLE)),
  figure(size, { title: 'Completed', description: 'Checks that completed within the time shown.', unit: 'none' }, [
    ['completed', transitions('complete')],
  ]).thresholds(thresholds([[1, GOOD]], IDLE)),
  figure(
    size,
    {
      title: 'Timed out',
      description: 'Checks that timed out within the time shown: their results are incomplete.',
      unit: 'none',
    },
    [['timed out', transitions('timed_out')]]
  ).thresholds(thresholds([[1, BAD]])),
  figure(
    size,
    { title: 'Alerts firing', description: 'Alerts of the exporter that fire now, of all kinds.', unit: 'none' },
    [['alerts', `sum(${once('target, alert', ofTarget('alerts_firing'))})`]]
  ).thresholds(thresholds([[1, BAD]])),
  figure(
    size,
    {
      title: 'Age of what is shown',
      description:
        'Time since the last poll that saw the whole list, of the target where that is longest ago. A target that never had one is not counted: see the dashboard Exporter.',
      unit: 's',
    },
    [['age', `max(time() - ${ofTarget('last_poll_success_timestamp_seconds')})`]]
  )
    .thresholds(
      thresholds([
        [180, WARNING],
        [300, BAD],
      ])
    )
    .decimals(0),
];
