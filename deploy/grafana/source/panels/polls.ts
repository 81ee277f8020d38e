// SPDX-License-Identifier: Apache-2.0
// Exporter: polls, what came of them, and how fresh that is.
import { BAD, WARNING, thresholds } from '../colours';
import { ofTarget, rate, steps } from '../metrics';
import * as common from '@grafana/grafana-foundation-sdk/common';
import { atTheRight, bars, lines, stacked, type Panel } from './kinds';

const third = { w: 8, h: 8 };
const half = { w: 12, h: 9 };

export const polls = (): Panel[] => [
  stacked(
    third,
    {
      title: 'Polls, by result',
      description: 'Complete: the whole list was seen. Incomplete: part of it. Failed: nothing.',
      unit: 'cpm',
    },
    [['{{result}}', `60 * sum by (result) (${rate(ofTarget('polls_total'))})`]],
    ['complete', 'incomplete', 'failed']
  ),
  lines(third, { title: 'Duration of polls', description: 'How long the last poll took, whatever came of it.', unit: 's' }, [
    ['{{target}}', `max by (target) (${ofTarget('last_poll_duration_seconds')})`],
  ]).min(0),
  lines(
    third,
    {
      title: 'Age of what is shown',
      description:
        'Time since the last poll that saw the whole list. Task series go after metrics.hold, 5 minutes unless set otherwise.',
      unit: 's',
    },
    [['{{target}}', `time() - max by (target) (${ofTarget('last_poll_success_timestamp_seconds')})`]]
  )
    .min(0)
    .thresholds(thresholds([[300, BAD]], 'transparent'))
    .thresholdsStyle(new common.GraphThresholdsStyleConfigBuilder().mode(common.GraphThresholdsStyleMode.Line)),
  bars(
    third,
    {
      title: 'Polls that did not complete, by cause',
      description:
        'auth, permission: see the runbooks and doctor. throttled, network, server: the way to the service, or the service. contract: answers that make no sense.',
      unit: 'none',
    },
    [['{{target}}: {{cause}}', steps('target, cause', ofTarget('poll_failures_total'))]]
  ),
  bars(
    third,
    {
      title: 'Incomplete polls, by reason',
      description:
        'page_failed: a page did not come. shifted: the list moved while it was read. too_few, too_long: fewer or more tasks than announced.',
      unit: 'none',
    },
    [['{{target}}: {{reason}}', steps('target, reason', ofTarget('polls_incomplete_total'))]]
  ),
  bars(
    third,
    { title: 'Polls skipped', description: 'Polls that did not start, as the one before took too long.', unit: 'none' },
    [['{{target}}', steps('target', ofTarget('polls_skipped_total'))]]
  ),
];

const quarter = { w: 6, h: 8 };

export const calls = (): Panel[] => [
  stacked(
    quarter,
    {
      title: 'Calls, by target',
      description: 'Calls a second. The budget max_requests_per_second is for each access key and action.',
      unit: 'reqps',
    },
    [['{{target}}', `sum by (target) (${rate(ofTarget('api_requests_total'))})`]]
  ),
  lines(
    quarter,
    {
      title: 'Latency of calls',
      description: 'Median and 95th percentile of the time that a call takes, of all targets.',
      unit: 's',
    },
    [
      ['median', `histogram_quantile(0.5, sum by (le) (${rate(ofTarget('api_request_duration_seconds_bucket'))}))`],
      [
        '95th percentile',
        `histogram_quantile(0.95, sum by (le) (${rate(ofTarget('api_request_duration_seconds_bucket'))}))`,
      ],
    ]
  ).min(0),
  lines(
    quarter,
    {
      title: 'Waiting for the budget',
      description: 'How long a call waits for its turn in the budget, on average.',
      unit: 's',
    },
    [
      [
        '{{target}}',
        `sum by (target) (${rate(ofTarget('api_budget_wait_seconds_total'))}) / (sum by (target) (${rate(ofTarget('api_requests_total'))}) > 0)`,
      ],
    ]
  ).min(0),
  bars(quarter, { title: 'Throttling', description: 'Answers that told us to slow down.', unit: 'none' }, [
    ['{{target}}', steps('target', ofTarget('api_throttled_total'))],
  ]),
  bars(
    half,
    {
      title: 'Errors, by code',
      description: "Calls that were not answered OK, by the API's Code, or by what went wrong where there was no answer.",
      unit: 'none',
    },
    [['{{target}}: {{code}}', steps('target, code', ofTarget('api_requests_total', 'code!="OK"'))]]
  ).legend(atTheRight()),
  bars(
    half,
    {
      title: 'Contract violations, by field',
      description: 'Places where answers did not keep what the API documents.',
      unit: 'none',
    },
    [['{{target}}: {{field}}', steps('target, field', ofTarget('contract_violations_total'))]]
  ).legend(atTheRight()),
];

export const identity = (): Panel[] => [
  lines(
    third,
    {
      title: 'Credentials expire in',
      description:
        'Life that is left of the temporary key that calls are signed with. It is replaced 15 minutes before its end, or a fifth of its life where that is less.',
      unit: 's',
    },
    [['{{target}}', `max by (target) (${ofTarget('credentials_expiry_timestamp_seconds')}) - time()`]]
  )
    .min(0)
    .thresholds(thresholds([[120, 'transparent']], WARNING))
    .thresholdsStyle(new common.GraphThresholdsStyleConfigBuilder().mode(common.GraphThresholdsStyleMode.Area)),
  bars(
    third,
    { title: 'Refreshes of credentials', description: 'Fetches of a temporary key.', unit: 'none' },
    [['{{target}}: {{result}}', steps('target, result', ofTarget('credentials_refreshes_total'))]],
    ['ok', 'failed']
  ),
  lines(
    third,
    { title: 'Clock skew', description: "The service's clock minus ours. Beyond 15 minutes calls are refused.", unit: 's' },
    [['{{target}}', `max by (target) (${ofTarget('clock_skew_seconds')})`]]
  )
    .axisSoftMin(-1)
    .axisSoftMax(1),
];
