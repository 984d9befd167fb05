import { join } from 'node:path';
import { JournaledStore } from './JournaledStore';
import { SandboxSettings } from './SandboxSettings';
import { serveSandbox } from './serveSandbox';

// The process of one simulated cluster; its only argument is its settings. It ends by being killed.
const settings = JSON.parse(process.argv[2]) as SandboxSettings;
const store = JournaledStore.open({
  file: join(settings.dir, 'objects.jsonl'),
  historyWindow: settings.historyWindow,
});

serveSandbox({ settings, store }).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
