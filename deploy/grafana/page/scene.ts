// SPDX-License-Identifier: Apache-2.0
// A dashboard's JSON as the objects that @grafana/scenes shows: panels where the grid has them, with their queries,
// transformations, variables and annotations.
import type { AnnotationQuery, Dashboard, Panel, RowPanel, VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';
import { AnnotationSwitches } from './annotation_switches';
import {
  DataSourceVariable,
  EmbeddedScene,
  QueryVariable,
  SceneControlsSpacer,
  SceneDataLayerSet,
  SceneDataTransformer,
  SceneGridItem,
  SceneGridLayout,
  SceneGridRow,
  SceneQueryRunner,
  SceneTimePicker,
  SceneTimeRange,
  SceneVariableSet,
  VariableValueSelectors,
  VizPanel,
  dataLayers,
  type SceneGridItemLike,
  type SceneVariable,
} from '@grafana/scenes';

const variable = (model: VariableModel): SceneVariable => {
  const { name, label, description, type } = model;
  if (type === 'datasource') return new DataSourceVariable({ name, label, description, pluginId: String(model.query) });
  if (type !== 'query') throw new Error(`this page knows no variable of type ${type}`);
  return new QueryVariable({
    name,
    label,
    description,
    query: model.query as never,
    datasource: model.datasource,
    refresh: model.refresh as never,
    sort: model.sort as never,
    isMulti: model.multi,
    includeAll: model.includeAll,
    allValue: model.allValue,
    value: (model.current?.value ?? '') as never,
    text: (model.current?.text ?? '') as never,
  });
};

const panel = (model: Panel): VizPanel =>
  new VizPanel({
    key: `panel-${model.id}`,
    title: model.title,
    description: model.description,
    pluginId: model.type,
    options: model.options as object,
    fieldConfig: { defaults: {}, overrides: [], ...model.fieldConfig } as never,
    $data: new SceneDataTransformer({
      $data: new SceneQueryRunner({
        datasource: model.datasource,
        queries: model.targets as never,
        maxDataPoints: model.maxDataPoints,
        minInterval: model.interval,
        dataLayerFilter: { panelId: model.id! },
      }),
      transformations: (model.transformations ?? []) as never,
    }),
  });

const gridItem = (model: Panel): SceneGridItem => {
  const { x, y, w, h } = model.gridPos!;
  return new SceneGridItem({ x, y, width: w, height: h, body: panel(model) });
};

/** As in a dashboard's JSON, the panels that follow an open row belong to it. */
const grid = (models: Array<Panel | RowPanel>): SceneGridItemLike[] => {
  const children: SceneGridItemLike[] = [];
  let row: SceneGridRow | undefined;
  for (const model of models) {
    if (model.type === 'row') {
      row = new SceneGridRow({ title: model.title ?? '', y: model.gridPos!.y, isCollapsed: false, children: [] });
      children.push(row);
    } else if (row) {
      row.setState({ children: [...row.state.children, gridItem(model as Panel)] });
    } else {
      children.push(gridItem(model as Panel));
    }
  }
  return children;
};

const annotations = (models: AnnotationQuery[]): SceneDataLayerSet =>
  new SceneDataLayerSet({
    layers: models.map(
      (query) =>
        new dataLayers.AnnotationsDataLayer({
          name: query.name,
          isEnabled: query.enable,
          isHidden: query.hide,
          query: query as never,
        })
    ),
  });

export const scene = (dashboard: Dashboard, from: string, to: string): EmbeddedScene =>
  new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from, to, timeZone: 'utc' }),
    $variables: new SceneVariableSet({ variables: (dashboard.templating?.list ?? []).map(variable) }),
    $data: annotations(dashboard.annotations?.list ?? []),
    controls: [
      new VariableValueSelectors({}),
      new AnnotationSwitches({}),
      new SceneControlsSpacer(),
      new SceneTimePicker({ isOnCanvas: true }),
    ],
    body: new SceneGridLayout({ children: grid(dashboard.panels ?? []), isLazy: false }),
  });
