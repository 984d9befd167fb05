/** A stage on the way to production that people name their clusters and namespaces after. */
export interface Stage {
  name: string;
  title: string;
  tier: string;
  /** Ways to write it, in lower case; several words with a hyphen. */
  words: readonly string[];
}

/** Stages in the order in which releases pass them. */
export const STAGES: readonly Stage[] = [
  {
    name: 'dev',
    title: 'Development',
    tier: 'development',
    words: ['dev', 'devel', 'develop', 'development', 'nonprod', 'non-prod'],
  },
  {
    name: 'test',
    title: 'Test',
    tier: 'test',
    words: ['test', 'testing', 'tst'],
  },
  { name: 'qa', title: 'QA', tier: 'test', words: ['qa'] },
  {
    name: 'integration',
    title: 'Integration',
    tier: 'test',
    words: ['int', 'integration'],
  },
  {
    name: 'staging',
    title: 'Staging',
    tier: 'staging',
    words: ['staging', 'stage', 'stg'],
  },
  { name: 'uat', title: 'UAT', tier: 'staging', words: ['uat', 'acceptance'] },
  {
    name: 'preprod',
    title: 'Pre-production',
    tier: 'staging',
    words: ['preprod', 'pre-prod', 'preproduction', 'pre-production'],
  },
  {
    name: 'prod',
    title: 'Production',
    tier: 'production',
    words: ['prod', 'production', 'prd', 'live'],
  },
];

/** Longer words first: `pre-prod` ends with `prod`, and is not production. */
const WORDS = STAGES.flatMap(stage =>
  stage.words.map(word => ({ word, stage })),
).sort((a, b) => b.word.length - a.word.length);

function normalise(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** The stage that a namespace is named after: `dev`, `shop-dev`, `dev-shop`. */
export function stageOfNamespace(namespace: string): Stage | undefined {
  const name = normalise(namespace);
  const fits = (test: (word: string) => boolean) =>
    WORDS.find(({ word }) => test(word))?.stage;
  return (
    fits(word => name === word || name.endsWith(`-${word}`)) ??
    fits(word => name.startsWith(`${word}-`))
  );
}

/**
 * The stage that a cluster, or the context of a kubeconfig, is named after, wherever in its name:
 * `prod-eu`, `arn:aws:eks:eu-west-1:1234:cluster/shop-staging-1`.
 */
export function stageOfCluster(cluster: string): Stage | undefined {
  const name = `-${normalise(cluster)}-`;
  return WORDS.find(({ word }) => name.includes(`-${word}-`))?.stage;
}
