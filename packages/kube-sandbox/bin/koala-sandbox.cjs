#!/usr/bin/env node
// Runs the command from its TypeScript sources, as the Backstage CLI runs backends.
require('@backstage/cli-node/config/nodeTransform.cjs');
require('../src/cli.ts');
