// SPDX-License-Identifier: Apache-2.0
// The dashboard Exporter: whether what the other one shows can be relied on.
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { transitions } from './annotations';
import { common } from './common';
import { lay } from './layout';
import { configuration, delivery, process } from './panels/delivery';
import { calls, identity, polls } from './panels/polls';
import { standing, targets } from './panels/targets';

const ANNOTATED = ['Notifications, by sink'];

export const exporter = (): dashboard.Dashboard => {
  const panels = lay([
    { panels: [...standing(), ...targets()] },
    { title: 'Polls', panels: polls() },
    { title: 'Calls', panels: calls() },
    { title: 'Credentials and clock', panels: identity() },
    { title: 'Notifications and state', panels: delivery() },
    { title: 'Process', panels: [...configuration(), ...process()] },
  ]);
  const annotated = panels.filter(({ title }) => ANNOTATED.includes(title!)).map(({ id }) => id!);
  return {
    ...common({
      uid: 'sas-operation-exporter',
      title: 'Exporter',
      description: 'sas-operation-exporter itself: polls, calls, credentials, notifications and its process.',
      annotations: transitions(annotated),
      other: { title: 'Checks', uid: 'sas-operation-checks' },
    }),
    panels,
  };
};
