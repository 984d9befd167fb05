import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { Failure } from '../command.mjs';
import { readOptions } from './options.mjs';

describe('readOptions', () => {
  const directory = mkdtempSync(join(tmpdir(), 'koala-options-'));
  const file = join(directory, 'config');
  writeFileSync(file, '');
  after(() => rmSync(directory, { recursive: true }));

  it('runs the sandbox on the usual ports where nothing is said', () => {
    assert.deepEqual(readOptions([], {}), {
      help: false,
      configs: [],
      life: true,
      lifeSpeed: 1,
      rest: [],
      ports: { portal: 3000, backend: 7007, sandbox: 7443 },
    });
  });

  it('takes a file with and without an equals sign', () => {
    assert.equal(readOptions(['--kubeconfig', file], {}).kubeconfig, file);
    assert.equal(readOptions([`--kubeconfig=${file}`], {}).kubeconfig, file);
  });

  it('leaves to backstage-cli what it does not know', () => {
    const { rest, configs } = readOptions(
      ['--inspect', '--config', file, 'backend', '--link=x'],
      {},
    );
    assert.deepEqual(rest, ['--inspect', 'backend', '--link=x']);
    assert.deepEqual(configs, [file]);
  });

  it('lets the organisation live as it is told', () => {
    assert.equal(readOptions(['--no-life'], {}).life, false);
    assert.equal(readOptions(['--life-speed', '10'], {}).lifeSpeed, 10);
  });

  for (const [args, env, message] of [
    [['--life-speed'], {}, /--life-speed is "undefined"/],
    [['--life-speed=0'], {}, /--life-speed is "0"/],
    [['--kubeconfig'], {}, /--kubeconfig needs a file/],
    [['--kubeconfig', '--help'], {}, /--kubeconfig needs a file/],
    [['--kubeconfig', join(directory, 'no')], {}, /which is not a file/],
    [['--kubeconfig', directory], {}, /which is not a file/],
    [[], { PORT: 'three' }, /PORT is "three"/],
    [[], { SANDBOX_PORT: '65535' }, /SANDBOX_PORT is "65535"/],
  ]) {
    it(`refuses ${JSON.stringify([args.length, env])}: ${message}`, () => {
      assert.throws(
        () => readOptions(args, env),
        error => error instanceof Failure && message.test(error.message),
      );
    });
  }
});
