// SPDX-License-Identifier: Apache-2.0
// What a person can choose at the top of both dashboards. Each choice narrows the next.
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';

export const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

const datasource = (): dashboard.DatasourceVariableBuilder =>
  new dashboard.DatasourceVariableBuilder('datasource')
    .label('Data source')
    .description('The Prometheus that scrapes the exporter')
    .type('prometheus');

const labelValues = (name: string, label: string, description: string, series: string): dashboard.QueryVariableBuilder =>
  new dashboard.QueryVariableBuilder(name)
    .label(label)
    .description(description)
    .datasource(DATASOURCE)
    .query({ qryType: 1, query: `label_values(${series}, ${name})`, refId: `PrometheusVariableQueryEditor-${name}` })
    .definition(`label_values(${series}, ${name})`)
    .refresh(dashboard.VariableRefresh.OnTimeRangeChanged)
    .sort(dashboard.VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ selected: true, text: 'All', value: '$__all' });

export const variables = (): Array<{ build(): dashboard.VariableModel }> => [
  datasource(),
  labelValues('job', 'Job', "The exporter's job in Prometheus", 'sas_operation_build_info'),
  labelValues('instance', 'Instance', 'One exporter of several', 'sas_operation_build_info{job=~"$job"}'),
  labelValues('target', 'Target', 'The accounts that are watched', 'sas_operation_up{job=~"$job", instance=~"$instance"}'),
];
