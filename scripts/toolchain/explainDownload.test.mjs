import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainDownload } from './explainDownload.mjs';

describe('explainDownload', () => {
  for (const [output, message] of [
    ['npm error code ENOTFOUND', /registry cannot be reached/],
    [
      '➤ YN0001: │ RequestError: getaddrinfo EAI_AGAIN registry.example.com',
      /registry cannot be reached/,
    ],
    ['npm error ENOSPC: no space left on device, write', /^The disk is full/],
    ['npm error code SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
    ["npm error EACCES: permission denied, mkdir '/x'", /may not be written/],
    ['npm error code ETARGET\nnpm error notarget', /by npm: .*ETARGET/],
    ['', /could not be installed by npm/],
  ]) {
    it(`explains ${output.slice(0, 40)}`, () => {
      const failure = explainDownload({ what: 'Node', tool: 'npm', output });
      assert.match(failure.message, message);
      assert.ok(!failure.message.includes('\n'));
    });
  }
});
