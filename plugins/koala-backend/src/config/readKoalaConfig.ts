import { Config } from '@backstage/config';
import {
  ConfigProblem,
  Environment,
  NamespaceScope,
  parseLabelSelector,
  Target,
} from '@koala-ops/backstage-plugin-koala-common';
import { z } from 'zod';
import { KoalaConfig } from './KoalaConfig';
import { orderByPromotion } from './orderByPromotion';
import { environmentSchema, koalaSchema, targetSchema } from './schema';

const DEFAULT_SERVICE_TYPES = ['service', 'website', 'worker', 'job'];
const PLACEHOLDERS = ['system', 'component', 'owner', 'project', 'environment'];

/**
 * Reads `koala` from the app's configuration. Never throws: what cannot be understood becomes a problem
 * that names its key, and only the part it stands in is left out, so that one mistake neither stops the
 * portal nor hides the other environments.
 */
export function readKoalaConfig(root: Config): KoalaConfig {
  const problems: ConfigProblem[] = [];
  const targetKeys = new Map<string, string>();
  const parsed = koalaSchema.safeParse(root.getOptional('koala') ?? {});
  if (!parsed.success) {
    problems.push(...problemsOf(parsed.error, 'koala'));
    return empty(problems);
  }
  const koala = parsed.data;

  const environments: Environment[] = [];
  (koala.environments ?? []).forEach((raw, index) => {
    const key = `koala.environments[${index}]`;
    const environment = readEnvironment(raw, key, problems, targetKeys);
    if (!environment) return;
    const same = environments.find(({ name }) => name === environment.name);
    if (same) {
      problems.push({
        key: `${key}.name`,
        message: `An environment called '${environment.name}' is configured twice; the second is left out.`,
        nextStep: 'Give it another name, or remove it.',
      });
      return;
    }
    environments.push(environment);
  });

  if (!koala.environments?.length) {
    problems.push({
      key: 'koala.environments',
      message: 'No environments are configured, so Koala has nothing to show.',
      nextStep:
        'Name the clusters and namespaces where your services run under koala.environments.',
    });
  }

  const ordered = orderByPromotion(environments, problems);
  return {
    environments: ordered,
    serviceTypes: new Set(koala.services?.types ?? DEFAULT_SERVICE_TYPES),
    kubeconfig: koala.kubeconfig,
    targetKeys,
    problems,
  };
}

function empty(problems: ConfigProblem[]): KoalaConfig {
  return {
    environments: [],
    serviceTypes: new Set(DEFAULT_SERVICE_TYPES),
    targetKeys: new Map(),
    problems,
  };
}

function readEnvironment(
  raw: unknown,
  key: string,
  problems: ConfigProblem[],
  targetKeys: Map<string, string>,
): Environment | undefined {
  const parsed = environmentSchema.safeParse(raw);
  if (!parsed.success) {
    problems.push(...problemsOf(parsed.error, key));
    return undefined;
  }
  const { name, title, tier, promotesFrom } = parsed.data;
  const targets: Target[] = [];
  parsed.data.targets.forEach((rawTarget, index) => {
    const targetKey = `${key}.targets[${index}]`;
    const target = readTarget(rawTarget, targetKey, problems);
    if (!target) return;
    if (targets.some(other => other.name === target.name)) {
      problems.push({
        key: `${targetKey}.name`,
        message: `Environment '${name}' has two targets called '${target.name}'; the second is left out.`,
        nextStep: "Give each a 'name' of its own, such as the region.",
      });
      return;
    }
    targets.push(target);
    targetKeys.set(`${name}/${target.name}`, targetKey);
  });
  if (targets.length === 0) return undefined;
  return { name, title: title ?? name, tier, promotesFrom, targets };
}

function readTarget(
  raw: unknown,
  key: string,
  problems: ConfigProblem[],
): Target | undefined {
  const parsed = targetSchema.safeParse(raw);
  if (!parsed.success) {
    problems.push(...problemsOf(parsed.error, key));
    return undefined;
  }
  const { cluster, name, namespaces } = parsed.data;
  try {
    return {
      name: name ?? cluster,
      cluster,
      namespaces: readScope(namespaces),
    };
  } catch (error) {
    problems.push({
      key: `${key}.namespaces`,
      message: (error as Error).message,
    });
    return undefined;
  }
}

function readScope(
  namespaces: z.infer<typeof targetSchema>['namespaces'],
): NamespaceScope {
  if (Array.isArray(namespaces)) {
    // A name with braces is a template, written the short way.
    const [first] = namespaces;
    if (namespaces.length === 1 && first.includes('{')) {
      return readTemplate(first);
    }
    return { type: 'names', names: namespaces };
  }
  if ('template' in namespaces) return readTemplate(namespaces.template);
  return {
    type: 'selector',
    selector: parseLabelSelector(namespaces.selector),
  };
}

function readTemplate(template: string): NamespaceScope {
  for (const [, placeholder] of template.matchAll(/\{([^}]*)\}/g)) {
    if (!PLACEHOLDERS.includes(placeholder)) {
      throw new Error(
        `The template '${template}' has the unknown placeholder '{${placeholder}}'; known are ${PLACEHOLDERS.map(
          known => `{${known}}`,
        ).join(', ')}.`,
      );
    }
  }
  return { type: 'template', template };
}

function problemsOf(error: z.ZodError, prefix: string): ConfigProblem[] {
  return error.issues.map(issue => ({
    key: issue.path.reduce<string>(
      (key, part) =>
        typeof part === 'number' ? `${key}[${part}]` : `${key}.${String(part)}`,
      prefix,
    ),
    message: issue.message,
  }));
}
