// SPDX-License-Identifier: Apache-2.0
// The dashboard Checks: what an account's checks do.
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { transitions } from './annotations';
import { common } from './common';
import { lay } from './layout';
import { alertsFiring, alertsOverTime } from './panels/alerts';
import { inEachState, lives } from './panels/lives';
import { durationsByType, endings, failedSubtasks } from './panels/outcomes';
import { progress, running } from './panels/running';
import { standing } from './panels/standing';

const ANNOTATED = ['State of each check', 'Progress of each check', 'Checks in each state'];

export const checks = (): dashboard.Dashboard => {
  const panels = lay([
    { panels: standing() },
    { panels: running() },
    { panels: [...lives(), ...progress(), ...inEachState()] },
    { title: 'Trouble', panels: [...alertsOverTime(), ...alertsFiring(), ...failedSubtasks()] },
    { title: 'Outcomes', panels: [...endings(), ...durationsByType()] },
  ]);
  const annotated = panels.filter(({ title }) => ANNOTATED.includes(title!)).map(({ id }) => id!);
  return {
    ...common({
      uid: 'sas-operation-checks',
      title: 'Checks',
      description:
        'The operation tasks (security posture checks) of Alibaba Cloud Security Center: what runs, how far it is, and what went wrong.',
      annotations: transitions(annotated),
      other: { title: 'Exporter', uid: 'sas-operation-exporter' },
    }),
    panels,
  };
};
