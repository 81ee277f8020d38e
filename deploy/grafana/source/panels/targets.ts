// SPDX-License-Identifier: Apache-2.0
// Exporter: whom it asks, as whom, and how well that goes.
import * as common from '@grafana/grafana-foundation-sdk/common';
import { BAD, GOOD, WARNING, thresholds, yesOrNo } from '../colours';
import { ofDaemon, ofTarget } from '../metrics';
import { figure, type Panel } from './kinds';
import { COLOURED, COLOURED_TEXT, newest } from './tables';

const perTarget = (expression: string): string => `max by (target) (${expression})`;
/** A cell without a value has the first colour. */
const NOTHING = 'text';
const PAST = 1e9; // seconds
const size = { w: 4, h: 4 };
const countOf = (counter: string): string => `round(sum(increase(${counter}[$__range])))`;

export const standing = (): Panel[] => [
  figure(
    size,
    {
      title: 'Targets up',
      description: 'Targets whose last poll saw the whole list, and how many there are.',
      unit: 'none',
    },
    [
      ['up', `sum(max by (target) (${ofTarget('up')}))`],
      ['of', `count(count by (target) (${ofTarget('up')}))`],
    ]
  ).thresholds(thresholds([], 'text')),
  figure(
    size,
    {
      title: 'Complete polls',
      description: 'Share of the polls within the time shown that saw the whole list.',
      unit: 'percentunit',
    },
    [
      [
        'complete',
        `sum(increase(${ofTarget('polls_total', 'result="complete"')}[$__range])) / sum(increase(${ofTarget('polls_total')}[$__range]))`,
      ],
    ]
  )
    .decimals(1)
    .thresholds(
      thresholds(
        [
          [0.9, WARNING],
          [0.99, GOOD],
        ],
        BAD
      )
    ),
  figure(
    size,
    { title: 'Throttled', description: 'Answers within the time shown that told us to slow down.', unit: 'none' },
    [['throttled', countOf(ofTarget('api_throttled_total'))]]
  ).thresholds(thresholds([[1, WARNING]])),
  figure(
    size,
    {
      title: 'Contract violations',
      description: 'Places within the time shown where answers did not keep what the API documents.',
      unit: 'none',
    },
    [['violations', countOf(ofTarget('contract_violations_total'))]]
  ).thresholds(thresholds([[1, WARNING]])),
  figure(
    size,
    {
      title: 'Notifications given up',
      description: 'Alerts and transitions within the time shown that a sink did not take, after all attempts.',
      unit: 'none',
    },
    [['dropped', countOf(ofDaemon('notifications_total', 'result="dropped"'))]]
  ).thresholds(thresholds([[1, BAD]])),
  figure(size, { title: 'Version', description: 'What runs, by version and revision.', unit: 'none' }, [
    ['{{version}} ({{revision}})', `count by (version, revision) (${ofDaemon('build_info')})`],
  ])
    .thresholds(thresholds([], 'text'))
    .textMode(common.BigValueTextMode.Name),
];

export const targets = (): Panel[] => [
  newest(
    { w: 24, h: 7 },
    {
      title: 'Targets',
      description:
        'Where each target asks and which key signs (its last four characters, and who gave it). "Up": the last poll saw the whole list. "Age" is the time since the last poll that did.',
      unit: 'none',
    },
    [
      { name: 'Target', label: 'target', width: 140 },
      {
        name: 'Up',
        expression: perTarget(ofTarget('up')),
        mappings: yesOrNo(),
        cell: COLOURED,
        width: 70,
        align: common.FieldTextAlignment.Center,
      },
      {
        name: 'Age',
        expression: `time() - ${perTarget(ofTarget('last_poll_success_timestamp_seconds'))}`,
        unit: 's',
        decimals: 0,
        width: 100,
        cell: COLOURED_TEXT,
        thresholds: thresholds(
          [
            [0, GOOD],
            [180, WARNING],
            [300, BAD],
          ],
          NOTHING
        ),
      },
      {
        name: 'Last poll took',
        expression: perTarget(ofTarget('last_poll_duration_seconds')),
        unit: 's',
        decimals: 2,
        width: 120,
      },
      {
        name: 'Clock skew',
        expression: `max by (target) (abs(${ofTarget('clock_skew_seconds')}))`,
        unit: 's',
        decimals: 1,
        width: 110,
        cell: COLOURED_TEXT,
        thresholds: thresholds([
          [30, WARNING],
          [900, BAD],
        ]),
      },
      {
        name: 'Key expires in',
        expression: `${perTarget(ofTarget('credentials_expiry_timestamp_seconds'))} - time()`,
        unit: 's',
        decimals: 1,
        width: 130,
        cell: COLOURED_TEXT,
        thresholds: thresholds(
          [
            [-PAST, BAD],
            [120, WARNING],
            [300, GOOD],
          ],
          NOTHING
        ),
      },
      {
        name: 'Tasks without series',
        expression: perTarget(ofTarget('task_series_dropped')),
        unit: 'none',
        width: 160,
        cell: COLOURED_TEXT,
        thresholds: thresholds([[1, WARNING]], 'text'),
      },
      { name: 'Site', label: 'site', width: 80 },
      { name: 'Endpoint', label: 'endpoint' },
      { name: 'Key ends in', label: 'access_key_id_suffix', width: 110 },
      { name: 'Key from', label: 'provider', width: 150 },
      {
        name: 'Info',
        isHidden: true,
        expression: `max by (target, site, endpoint, access_key_id_suffix, provider) (${ofTarget('target_info')})`,
      },
    ],
    'the exporter watches no target'
  ),
];
