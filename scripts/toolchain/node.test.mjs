import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSuitableNode, NODE_VERSION } from './node.mjs';

describe('isSuitableNode', () => {
  for (const version of [NODE_VERSION, '22.17.0', '24.0.0', '24.21.3']) {
    it(`takes ${version}`, () => assert.ok(isSuitableNode(version)));
  }
  for (const version of ['20.20.2', '22.16.9', '23.5.0', '25.0.0', '26.1.0']) {
    it(`refuses ${version}`, () => assert.ok(!isSuitableNode(version)));
  }
});
