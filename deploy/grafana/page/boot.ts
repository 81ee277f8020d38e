// SPDX-License-Identifier: Apache-2.0
// What Grafana's server puts into its page before any of Grafana's code runs. This has to be imported first.
Object.assign(window, {
  grafanaBootData: {
    settings: { buildInfo: { version: '13.2.2', edition: 'Open Source' }, featureToggles: {} },
    user: { theme: 'dark', locale: 'en-GB', language: 'en-GB', timezone: 'utc', regionalFormat: 'en-GB' },
    navTree: [],
  },
  __grafana_public_path__: '/public/',
});
export {};
