// SPDX-License-Identifier: Apache-2.0
// One meaning, one colour, on both dashboards.
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';

export const GOOD = 'green';
export const GOING = 'blue';
export const IDLE = 'text';
export const WARNING = 'orange';
export const BAD = 'red';
export const WAITING = '#8e8e8e';
export const ODD = 'purple';

/** What StatusCode says, in the words of the API's reference. */
const STATUS = [
  { code: '0', text: 'not started', color: WAITING },
  { code: '1', text: 'running', color: GOING },
  { code: '2', text: 'complete', color: GOOD },
  { code: '3', text: 'timed out', color: BAD },
];

export const statusMappings = (): dashboard.ValueMapping[] => [
  {
    type: dashboard.MappingType.ValueToText,
    options: Object.fromEntries(STATUS.map(({ code, text, color }, index) => [code, { text, color, index }])),
  },
  {
    type: dashboard.MappingType.RangeToText,
    options: { from: 4, to: null, result: { text: 'unknown', color: ODD, index: STATUS.length } },
  },
];

/** The colours of words that series are named by. */
const BY_WORD = {
  not_started: WAITING,
  running: GOING,
  complete: GOOD,
  timed_out: BAD,
  stalled: WARNING,
  unknown: ODD,
  ok: GOOD,
  incomplete: WARNING,
  failed: BAD,
  dropped: ODD,
};
export type Word = keyof typeof BY_WORD;

/** What gives each series that is one of these words, or ends in it, the word's colour. */
export const wordColours = (words: Word[]): Array<[pattern: string, properties: dashboard.DynamicConfigValue[]]> =>
  words.map((word) => [`/(^|: )${word}$/`, [{ id: 'color', value: { mode: 'fixed', fixedColor: BY_WORD[word] } }]]);

export const yesOrNo = (): dashboard.ValueMapping[] => [
  {
    type: dashboard.MappingType.ValueToText,
    options: { '0': { text: 'no', color: BAD, index: 1 }, '1': { text: 'yes', color: GOOD, index: 0 } },
  },
];

/** From green on: the colour from each value on. */
export const thresholds = (steps: Array<[number, string]>, base = GOOD): dashboard.ThresholdsConfigBuilder =>
  new dashboard.ThresholdsConfigBuilder()
    .mode(dashboard.ThresholdsMode.Absolute)
    .steps([{ value: null, color: base }, ...steps.map(([value, color]) => ({ value, color }))]);
