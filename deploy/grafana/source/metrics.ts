// SPDX-License-Identifier: Apache-2.0
// The daemon's metrics as queries name them: narrowed to what the dashboard's variables choose.

const process = 'job=~"$job", instance=~"$instance"';

/** A metric of targets, with further matchers where given. */
export const ofTarget = (name: string, matchers = ''): string => select(name, `${process}, target=~"$target"`, matchers);

/** A metric of the daemon as a whole. `name` is the whole one where it is not ours. */
export const ofDaemon = (name: string, matchers = ''): string => select(name, process, matchers);

const select = (name: string, chosen: string, matchers: string): string => {
  const whole = name.startsWith('process_') ? name : `sas_operation_${name}`;
  return `${whole}{${[chosen, matchers].filter(Boolean).join(', ')}}`;
};

/** Two daemons that watch the same account (for availability) tell the same: it counts once for each set of these labels. */
export const once = (by: string, expression: string): string => `max by (${by}) (${expression})`;
export const perTask = (expression: string): string => once('target, task_type, task_id', expression);

/** Keeps of an expression the tasks whose StatusCode is as the condition says. */
export const whereStatus = (expression: string, condition: string): string =>
  `${expression} and on (job, instance, target, task_id) ${ofTarget('task_status_code')} ${condition}`;

/** A task by a name that fits into a legend: its type and the beginning of its id. */
export const shortlyNamed = (expression: string): string =>
  `max by (task) (label_join(label_replace(${expression}, "id", "$1", "task_id", "(.{0,8}).*"), "task", " ", "task_type", "id", "target"))`;

/** The rate of a counter over the window that suits the picture's resolution. */
export const rate = (counter: string): string => `rate(${counter}[$__rate_interval])`;

/**
 * How far a counter moved in each step of the picture: exact, where an increase() over windows that meet would lose what
 * happened between two of them, and over windows that overlap would show it twice. A restart shows as nothing.
 */
export const steps = (by: string, counter: string, step = '$__interval'): string =>
  `sum by (${by}) (${counter}) - sum by (${by}) (${counter} offset ${step}) > 0`;

/** How often a counter moved in all the time shown, in whole steps. */
export const movedInRange = (by: string, counter: string): string =>
  `round(sum by (${by}) (increase(${counter}[$__range])))`;
