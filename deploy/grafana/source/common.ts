// SPDX-License-Identifier: Apache-2.0
// What both dashboards have in common.
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { variables } from './variables';

export interface About {
  uid: string;
  title: string;
  description: string;
  annotations: dashboard.AnnotationQueryBuilder[];
  /** The dashboard beside it, which a link at the top leads to. */
  other: { title: string; uid: string };
}

export const common = (about: About): dashboard.Dashboard => {
  const builder = new dashboard.DashboardBuilder(about.title)
    .uid(about.uid)
    .description(about.description)
    .tags(['sas-operation-exporter', 'alibaba-cloud', 'security-center'])
    .editable()
    .tooltip(dashboard.DashboardCursorSync.Crosshair)
    .time({ from: 'now-3h', to: 'now' })
    .refresh('30s')
    .timezone('browser')
    .variables(variables())
    .annotations(about.annotations)
    .link(
      new dashboard.DashboardLinkBuilder(about.other.title)
        .type(dashboard.DashboardLinkType.Link)
        .url(`/d/${about.other.uid}`)
        .icon('dashboard')
        .tooltip(`The dashboard ${about.other.title}`)
        .includeVars(true)
        .keepTime(true)
    );
  return builder.build();
};
