import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { Failure } from '../command.mjs';

/** Where the portal, its backend and the first cluster of the sandbox listen. */
export const DEFAULT_PORTS = { portal: 3000, backend: 7007, sandbox: 7443 };

export const USAGE = `Usage: npm start [-- options]

  --kubeconfig FILE   show the clusters of a kubeconfig file, read-only, instead of the sandbox's
  --config FILE       read this configuration file too, after Koala's own (may be given several times)
  --no-life           let the sandbox's organisation stand still
  --life-speed N      let its life pass N times faster
  --help              show this

  PORT=3000           port of the portal
  BACKEND_PORT=7007   port of its backend
  SANDBOX_PORT=7443   first of the four ports of the sandbox's clusters
`;

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {{ help: boolean, kubeconfig?: string, configs: string[], life: boolean, lifeSpeed: number, rest: string[], ports: { portal: number, backend: number, sandbox: number } }}
 *   `rest`: for `backstage-cli repo start`
 */
export function readOptions(args, env = process.env) {
  const options = {
    help: false,
    configs: [],
    life: true,
    lifeSpeed: 1,
    rest: [],
    ports: readPorts(env),
  };
  const left = [...args];
  while (left.length > 0) {
    const [name, inline] = splitInline(left.shift());
    const value = () => inline ?? left.shift();
    if (name === '--help' || name === '-h') {
      options.help = true;
    } else if (name === '--kubeconfig') {
      options.kubeconfig = readFile(name, value());
    } else if (name === '--config') {
      options.configs.push(readFile(name, value()));
    } else if (name === '--no-life') {
      options.life = false;
    } else if (name === '--life-speed') {
      options.lifeSpeed = readSpeed(value());
    } else {
      options.rest.push(inline === undefined ? name : `${name}=${inline}`);
    }
  }
  return options;
}

function splitInline(arg) {
  const match = /^(--[^=]+)=(.*)$/s.exec(arg);
  return match ? [match[1], match[2]] : [arg];
}

function readFile(name, value) {
  if (!value || value.startsWith('--')) {
    throw new Failure(`${name} needs a file: npm start -- ${name} FILE.`);
  }
  // A shell leaves the tilde of --kubeconfig=~/… as it is.
  const path = value.replace(/^~(?=\/)/, homedir());
  const file = resolve(process.env.INIT_CWD ?? process.cwd(), path);
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new Failure(`${name} names ${file}, which is not a file.`);
  }
  return file;
}

function readSpeed(value) {
  const speed = Number(value);
  if (!value || !(speed >= 0.1 && speed <= 1000)) {
    throw new Failure(
      `--life-speed is "${value}"; it has to be a number from 0.1 to 1000.`,
    );
  }
  return speed;
}

/** @param {NodeJS.ProcessEnv} env */
export function readPorts(env) {
  return {
    portal: readPort(env, 'PORT', DEFAULT_PORTS.portal),
    backend: readPort(env, 'BACKEND_PORT', DEFAULT_PORTS.backend),
    sandbox: readPort(env, 'SANDBOX_PORT', DEFAULT_PORTS.sandbox),
  };
}

function readPort(env, name, fallback) {
  const port = Number(env[name] || fallback);
  if (!Number.isInteger(port) || port < 1 || port > 65_000) {
    throw new Failure(`${name} is "${env[name]}", which is not a port number.`);
  }
  return port;
}
