// SPDX-License-Identifier: Apache-2.0
// Shows the dashboard that stands in `window.shown`, from the Prometheus that is named there.
import './boot';
import './page.css';
import { createTheme, PluginType, ThemeContext, type PanelData } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { LocationServiceProvider, locationService } from '@grafana/runtime';
import { sceneGraph, VizPanel, type MultiValueVariable, type SceneDataLayerSet, type SceneObject } from '@grafana/scenes';
import { LoadingState } from '@grafana/schema';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { createRoot } from 'react-dom/client';
import { MemoryRouter } from 'react-router-dom';
import { figures } from './panels/figures';
import { stateTimeline } from './panels/state_timeline';
import { table } from './panels/table';
import { timeSeries } from './panels/time_series';
import { Prometheus } from './prometheus';
import { scene } from './scene';
import { setUp } from './services';

declare global {
  interface Window {
    shown: { dashboard: never; prometheus: string; from: string; to: string; scrapeInterval: number };
    isLoaded: () => boolean;
    choices: () => Record<string, string[]>;
  }
}

const PANELS = { stat: figures, timeseries: timeSeries, table, 'state-timeline': stateTimeline };

const asked = (address: string, scrapeInterval: number): Prometheus => {
  const meta = {
    id: 'prometheus',
    name: 'Prometheus',
    type: PluginType.datasource,
    metrics: true,
    annotations: true,
    info: { logos: { small: '', large: '' } },
  };
  const settings = {
    id: 1,
    uid: 'prometheus',
    type: 'prometheus',
    name: 'Prometheus',
    url: address,
    meta,
    jsonData: {},
    access: 'proxy',
    readOnly: true,
  };
  return new Prometheus(settings as never, address, scrapeInterval);
};

const show = async (): Promise<void> => {
  const { dashboard, prometheus: address, from, to, scrapeInterval } = window.shown;
  await initPluginTranslations('grafana');
  for (const [id, plugin] of Object.entries(PANELS)) {
    plugin.meta = { id, name: id, type: PluginType.panel, module: id, baseUrl: '', sort: 0, info: { version: '' } } as never;
  }
  const prometheus = asked(address, scrapeInterval);
  setUp(prometheus, PANELS);
  const shown = scene(dashboard, from, to);
  prometheus.scope = shown;
  const panels = sceneGraph.findAllObjects(shown, (object: SceneObject) => object instanceof VizPanel) as VizPanel[];
  const annotations = (shown.state.$data as SceneDataLayerSet).state.layers.filter((layer) => layer.state.isEnabled);
  const isOver = (data?: PanelData) => data?.state === LoadingState.Done || data?.state === LoadingState.Error;
  window.isLoaded = () =>
    panels.every((panel) => isOver(sceneGraph.getData(panel).state.data)) &&
    annotations.every((layer) => isOver(layer.state.data));
  window.choices = () =>
    Object.fromEntries(
      sceneGraph
        .getVariables(shown)
        .state.variables.map((variable) => [
          variable.state.name,
          (variable as MultiValueVariable).state.options.map(({ label }) => label),
        ])
    );
  createRoot(document.getElementById('page')!).render(
    <ThemeContext.Provider value={createTheme({ colors: { mode: 'dark' } })}>
      <GlobalStyles />
      <LocationServiceProvider service={locationService}>
        <MemoryRouter>
          <h1>Security Center / {(dashboard as { title: string }).title}</h1>
          <shown.Component model={shown} />
          <PortalContainer />
        </MemoryRouter>
      </LocationServiceProvider>
    </ThemeContext.Provider>
  );
};

void show();
