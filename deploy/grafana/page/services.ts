// SPDX-License-Identifier: Apache-2.0
// What Grafana's own page sets up for the libraries: where data sources and panels are, how requests run, which field options
// and transformations there are.
import {
  EventBusSrv,
  LoadingState,
  displayNameOverrideProcessor,
  identityOverrideProcessor,
  numberOverrideProcessor,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  thresholdsOverrideProcessor,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
  type DataQueryRequest,
  type DataSourceApi,
  type FieldConfigPropertyItem,
  type PanelData,
  type PanelPlugin,
} from '@grafana/data';
import { setAppEvents, setDataSourceSrv, setPluginImportUtils, setRunRequest, setTemplateSrv } from '@grafana/runtime';
import { catchError, from, map, of } from 'rxjs';
import type { Prometheus } from './prometheus';

const option = (path: string, name: string, override: unknown): FieldConfigPropertyItem =>
  ({
    id: path,
    path,
    name,
    description: '',
    process: override,
    override: () => null,
    editor: () => null,
    shouldApply: () => true,
  }) as never;

const standardOptions = (): FieldConfigPropertyItem[] => [
  option('displayName', 'Display name', displayNameOverrideProcessor),
  option('unit', 'Unit', unitOverrideProcessor),
  option('min', 'Min', numberOverrideProcessor),
  option('max', 'Max', numberOverrideProcessor),
  option('decimals', 'Decimals', numberOverrideProcessor),
  option('noValue', 'No value', identityOverrideProcessor),
  option('color', 'Color', identityOverrideProcessor),
  option('thresholds', 'Thresholds', thresholdsOverrideProcessor),
  option('mappings', 'Value mappings', valueMappingsOverrideProcessor),
];

const runRequest = (datasource: DataSourceApi, request: DataQueryRequest) =>
  from(datasource.query(request) as Promise<{ data: PanelData['series'] }>).pipe(
    map(({ data }): PanelData => ({ state: LoadingState.Done, series: data, timeRange: request.range, request })),
    catchError((error: Error) =>
      of<PanelData>({
        state: LoadingState.Error,
        series: [],
        timeRange: request.range,
        errors: [{ message: error.message }],
        request,
      })
    )
  );

export const setUp = (prometheus: Prometheus, panels: Record<string, PanelPlugin>): void => {
  const settings = prometheus.meta && { ...prometheus, isDefault: true };
  setAppEvents(new EventBusSrv());
  standardEditorsRegistry.setInit(() => []);
  standardFieldConfigEditorRegistry.setInit(standardOptions);
  standardTransformersRegistry.setInit(() =>
    [standardTransformers.mergeTransformer, standardTransformers.organizeFieldsTransformer].map((transformation) => ({
      id: transformation.id,
      name: transformation.name,
      transformation: async () => transformation,
      editor: () => null,
      imageDark: '',
      imageLight: '',
    }))
  );
  setRunRequest(runRequest as never);
  setDataSourceSrv({
    get: async () => prometheus,
    getList: () => [settings],
    getInstanceSettings: () => settings,
    reload: () => {},
    registerRuntimeDataSource: () => {},
  } as never);
  setTemplateSrv({
    getVariables: () => [],
    replace: (text = '') => text,
    containsTemplate: () => false,
    updateTimeRange: () => {},
  });
  const known = (id: string): PanelPlugin => {
    if (!panels[id]) throw new Error(`this page knows no panel of type ${id}`);
    return panels[id];
  };
  setPluginImportUtils({
    importPanelPlugin: async (id) => known(id),
    getPanelPluginFromCache: (id) => panels[id],
  });
};
