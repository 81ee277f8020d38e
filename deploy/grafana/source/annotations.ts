// SPDX-License-Identifier: Apache-2.0
// Marks on the time axis where tasks went from one state to another.
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { BAD, GOING, GOOD } from './colours';
import { ofTarget, steps } from './metrics';
import { DATASOURCE } from './variables';

const STEP = '60s';

/** `panels`: the ids of those that show it. */
const transition = (
  name: string,
  to: string,
  color: string,
  enabled: boolean,
  panels: number[]
): dashboard.AnnotationQueryBuilder => {
  const counter = ofTarget('task_transitions_total', `to="${to}"`);
  return new dashboard.AnnotationQueryBuilder()
    .name(name)
    .datasource(DATASOURCE)
    .enable(enabled)
    .iconColor(color)
    .expr(steps('target, task_type, from, to', counter, STEP))
    .step(STEP)
    .titleFormat('{{task_type}}: {{from}} to {{to}}')
    .textFormat('{{target}}')
    .tagKeys('target,task_type')
    .filter(new FilterOfPanels(panels));
};

class FilterOfPanels {
  constructor(private readonly ids: number[]) {}
  build(): dashboard.AnnotationPanelFilter {
    return { exclude: false, ids: this.ids };
  }
}

export const transitions = (panels: number[]): dashboard.AnnotationQueryBuilder[] => [
  transition('Started', 'running', GOING, false, panels),
  transition('Completed', 'complete', GOOD, true, panels),
  transition('Timed out', 'timed_out', BAD, true, panels),
];
