// SPDX-License-Identifier: Apache-2.0
// Exporter: what it tells, and what it remembers.
import { BAD, GOOD, WARNING, thresholds, yesOrNo } from '../colours';
import { ofDaemon, steps } from '../metrics';
import { bars, figure, lines, type Panel } from './kinds';

const third = { w: 8, h: 8 };

export const delivery = (): Panel[] => [
  bars(
    third,
    {
      title: 'Notifications, by sink',
      description:
        'Alerts and transitions. ok: taken. failed: an attempt that failed and may be made again. dropped: given up.',
      unit: 'none',
    },
    [['{{sink}}: {{result}}', steps('sink, result', ofDaemon('notifications_total'))]],
    ['ok', 'failed', 'dropped']
  ),
  lines(third, { title: 'Waiting for sinks', description: 'Alerts and transitions that wait for a sink.', unit: 'none' }, [
    ['{{sink}}', `sum by (sink) (${ofDaemon('notification_queue_length')})`],
  ])
    .min(0)
    .axisSoftMax(4)
    .decimals(0),
  bars(
    third,
    {
      title: 'Writes of the state file',
      description: 'What is remembered across a restart. A failed write costs the memory, never the news.',
      unit: 'none',
    },
    [['{{result}}', steps('result', ofDaemon('state_writes_total'))]],
    ['ok', 'failed']
  ),
];

const small = { w: 6, h: 4 };

export const configuration = (): Panel[] => [
  figure(
    small,
    {
      title: 'Configuration loaded',
      description: 'Whether the last reload of the configuration succeeded. If not, the one before is still in force.',
      unit: 'none',
    },
    [['loaded', `min(${ofDaemon('config_last_reload_successful')})`]]
  )
    .mappings(yesOrNo())
    .thresholds(thresholds([[1, GOOD]], BAD)),
  figure(
    small,
    { title: 'Configuration in force for', description: 'Time since the configuration was last loaded.', unit: 's' },
    [['since', `time() - max(${ofDaemon('config_last_reload_success_timestamp_seconds')})`]]
  ).thresholds(thresholds([], 'text')),
  figure(
    small,
    { title: 'Up for', description: 'Time since the exporter started; the youngest where there are several.', unit: 's' },
    [['up', `time() - max(${ofDaemon('process_start_time_seconds')})`]]
  ).thresholds(thresholds([], 'text')),
  figure(
    small,
    { title: 'State file written', description: 'How long ago the state file was last written whole.', unit: 's' },
    [['ago', `time() - max(${ofDaemon('state_last_write_timestamp_seconds')})`]],
    'no state file'
  ).thresholds(thresholds([[600, WARNING]], 'text')),
];

export const process = (): Panel[] => [
  lines(third, { title: 'CPU', description: 'Share of one core that the exporter uses.', unit: 'percentunit' }, [
    ['{{instance}}', `sum by (instance) (rate(${ofDaemon('process_cpu_seconds_total')}[$__rate_interval]))`],
  ]).min(0),
  lines(third, { title: 'Memory', description: 'Resident memory.', unit: 'bytes' }, [
    ['{{instance}}', `max by (instance) (${ofDaemon('process_resident_memory_bytes')})`],
  ]).min(0),
  lines(third, { title: 'File descriptors', description: 'Open ones, of sockets and files.', unit: 'none' }, [
    ['{{instance}}', `max by (instance) (${ofDaemon('process_open_fds')})`],
  ])
    .min(0)
    .decimals(0),
];
