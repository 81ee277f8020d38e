// SPDX-License-Identifier: Apache-2.0
import type { DataFrame, FieldConfigSource } from '@grafana/data';
import { FieldType } from '@grafana/data';

/** Whether any series has any value. */
export const hasValues = (frames: DataFrame[]): boolean =>
  frames.some((frame) =>
    frame.fields.some(
      (field) => field.type !== FieldType.time && field.values.some((value) => value !== null && value !== undefined)
    )
  );

/** What stands in a panel that has nothing to show. */
export const Empty = ({ fieldConfig }: { fieldConfig: FieldConfigSource }) => (
  <div className="empty" data-empty>
    {fieldConfig.defaults.noValue ?? 'No data'}
  </div>
);
