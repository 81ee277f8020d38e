// SPDX-License-Identifier: Apache-2.0
// Makes calls with the official client and prints how each ended, as JSON. What is asked for comes in as JSON:
// {config, calls: [{action, query, headers}]}; the queries go through what the generated SDKs send them through.
'use strict';
const fs = require('fs');
const core = require('@alicloud/openapi-core');

async function call(client, { action, query = {}, headers = {} }) {
  const params = {
    action, version: '2018-12-03', protocol: 'HTTPS', pathname: '/', method: 'POST', authType: 'AK', style: 'RPC',
    reqBodyType: 'formData', bodyType: 'json',
  };
  const request = new core.$OpenApiUtil.OpenApiRequest({ query: core.OpenApiUtil.query(query), headers });
  try {
    const answer = await client.callApi(params, request, {});
    return { status: answer.statusCode, body: answer.body };
  } catch (error) {
    const { name, code, statusCode, message, requestId, retryAfter } = error;
    return { error: { name, code, status: statusCode, message, request_id: requestId, retry_after: retryAfter } };
  }
}

async function main() {
  const { config, calls } = JSON.parse(fs.readFileSync(0, 'utf8'));
  const client = new core.default(new core.$OpenApiUtil.Config(config));
  const ended = [];
  for (const one of calls) ended.push(await call(client, one));
  process.stdout.write(JSON.stringify(ended), () => process.exit(0)); // its connections would keep it alive
}

main();
