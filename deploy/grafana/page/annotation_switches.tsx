// SPDX-License-Identifier: Apache-2.0
// The dashboard's annotations by name, each with its switch.
import { SceneDataLayerSet, sceneGraph, SceneObjectBase, type SceneComponentProps } from '@grafana/scenes';

const Switches = ({ model }: SceneComponentProps<AnnotationSwitches>) => {
  const sets = sceneGraph.getDataLayers(model, true).filter((layer) => layer instanceof SceneDataLayerSet);
  return sets
    .flatMap((set) => set.state.layers)
    .map((layer) => (
      <label key={layer.state.key} className="annotation">
        <span>{layer.state.name}</span>
        <layer.Component model={layer} />
      </label>
    ));
};

export class AnnotationSwitches extends SceneObjectBase {
  static readonly Component = Switches;
}
