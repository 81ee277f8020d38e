// SPDX-License-Identifier: Apache-2.0
// One large figure a series, as Grafana's stat panel has them.
import { getFieldDisplayValues, PanelPlugin, type PanelProps, type FieldDisplay } from '@grafana/data';
import { BigValue, BigValueTextMode, useTheme2, VizRepeater } from '@grafana/ui';
import type {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  ReduceDataOptions,
  VizOrientation,
} from '@grafana/schema';
import { Empty, hasValues } from './empty';

interface Options {
  colorMode: BigValueColorMode;
  graphMode: BigValueGraphMode;
  justifyMode: BigValueJustifyMode;
  textMode: BigValueTextMode;
  orientation: VizOrientation;
  reduceOptions: ReduceDataOptions;
}

const Panel = ({
  data,
  width,
  height,
  options,
  fieldConfig,
  replaceVariables,
  timeZone,
  renderCounter,
}: PanelProps<Options>) => {
  const theme = useTheme2();
  if (!hasValues(data.series)) return <Empty fieldConfig={fieldConfig} />;
  const values = (): FieldDisplay[] =>
    getFieldDisplayValues({
      fieldConfig,
      reduceOptions: options.reduceOptions,
      replaceVariables,
      theme,
      data: data.series,
      sparkline: false,
      timeZone,
    });
  const count = values().length;
  return (
    <VizRepeater<FieldDisplay>
      getValues={values}
      source={data}
      renderCounter={renderCounter}
      width={width}
      height={height}
      itemSpacing={3}
      orientation={options.orientation}
      renderValue={({ value, width: w, height: h }) => (
        <BigValue
          value={value.display}
          count={count}
          width={w}
          height={h}
          theme={theme}
          colorMode={options.colorMode}
          graphMode={options.graphMode}
          justifyMode={options.justifyMode}
          textMode={
            count > 1 && options.textMode === BigValueTextMode.Auto ? BigValueTextMode.ValueAndName : options.textMode
          }
        />
      )}
    />
  );
};

export const figures = new PanelPlugin<Options>(Panel).useFieldConfig();
