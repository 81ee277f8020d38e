// SPDX-License-Identifier: Apache-2.0
// Prints the key that the official library's default chain finds in this process's environment, or why it finds none, as JSON.
'use strict';
const credentials = require('@alicloud/credentials');

function end(result) {
  process.stdout.write(JSON.stringify(result), () => process.exit(0)); // its connections would keep it alive
}

new credentials.default().getCredential().then(
  (key) => end({ id: key.accessKeyId, secret: key.accessKeySecret, token: key.securityToken || '', provider: key.providerName }),
  (error) => end({ error: error.message }),
);
